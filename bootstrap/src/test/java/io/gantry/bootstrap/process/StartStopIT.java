package io.gantry.bootstrap.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of the server as its operator sees it. */
final class StartStopIT {
  private static final int ENDED_BY_SIGTERM = 143;
  private static final Pattern SECRET = Pattern.compile("secret key +(\\S+)");

  @TempDir Path data;

  @Test
  void showsTheFirstKeyOnceAndKeepsItForItsOwner() throws Exception {
    String secret;
    try (var server = GantryProcess.start(data).awaitReady()) {
      secret = secretIn(server.output());
      assertThat(statusOfNamespaces(server, secret)).isEqualTo(200);
    }
    Path file = data.resolve("first-key.json");
    assertThat(Files.readString(file)).contains(secret);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");

    try (var server = GantryProcess.start(data).awaitReady()) {
      assertThat(server.output()).doesNotContain(secret).contains(file.toString());
      assertThat(statusOfNamespaces(server, secret)).isEqualTo(200);
    }
  }

  @Test
  void keepsDataOverACleanRestart() throws Exception {
    String secret;
    try (var server = GantryProcess.start(data).awaitReady()) {
      secret = secretIn(server.output());
      createNamespace(server, secret, "kept");
      assertThat(server.terminate()).isEqualTo(ENDED_BY_SIGTERM);
      assertThat(databaseServers()).isEmpty();
    }
    try (var server = GantryProcess.start(data).awaitReady()) {
      assertThat(namespaces(server, secret)).contains("\"kept\"");
    }
  }

  @Test
  void keepsDataOverAKill() throws Exception {
    String secret;
    try (var server = GantryProcess.start(data).awaitReady()) {
      secret = secretIn(server.output());
      createNamespace(server, secret, "kept");
      server.kill();
    }
    long start = System.nanoTime();
    try (var server = GantryProcess.start(data).awaitReady()) {
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(25));
      assertThat(namespaces(server, secret)).contains("\"kept\"");
    }
  }

  @Test
  void refusesASecondServerOnOneDataDirectory() throws Exception {
    try (var _ = GantryProcess.start(data).awaitReady();
        var second = GantryProcess.start(data)) {
      assertThat(second.awaitExit()).isEqualTo(1);
      assertThat(second.output()).contains("another Gantry is running").contains(data.toString());
    }
  }

  @Test
  void namesTheKeyOfAWrongValue() throws Exception {
    try (var server = GantryProcess.start(data, "gantry.auth.cache-ttl=soon")) {
      assertThat(server.awaitExit()).isEqualTo(2);
      assertThat(server.output())
          .contains("gantry.auth.cache-ttl cannot be \"soon\"")
          .doesNotContain("\tat ");
    }
    assertThat(data).isEmptyDirectory();
  }

  @Test
  void namesAnUnknownKey() throws Exception {
    try (var server = GantryProcess.start(data, "gantry.date-dir=elsewhere")) {
      assertThat(server.awaitExit()).isEqualTo(2);
      assertThat(server.output()).contains("gantry.date-dir is not a key of Gantry");
    }
  }

  @Test
  void namesAWrongValueOfTheFrameworksKeys() throws Exception {
    try (var server = GantryProcess.start(data, "quarkus.http.read-timeout=soon")) {
      assertThat(server.awaitExit()).isEqualTo(2);
      assertThat(server.output()).contains("quarkus.http.read-timeout cannot be \"soon\"");
    }
    assertThat(databaseServers()).isEmpty();
  }

  @Test
  void saysWhereAKeysFileIsWrong() throws Exception {
    Path keys =
        Files.writeString(data.resolve("keys.json"), "{\"organizations\":[{\"id\":\"x\"}]}");
    try (var server = GantryProcess.start(data, "gantry.keys-file=" + keys)) {
      assertThat(server.awaitExit()).isEqualTo(2);
      assertThat(server.output()).contains("$.organizations[0].id").doesNotContain("\tat ");
    }
    assertThat(databaseServers()).isEmpty();
  }

  private static String secretIn(String output) {
    Matcher secret = SECRET.matcher(output);
    assertThat(secret.find()).as(output).isTrue();
    return secret.group(1);
  }

  /** Server processes on this test's data; what is left of one that ended does not count. */
  private List<ProcessHandle> databaseServers() {
    String cluster = data.resolve("postgres").toString();
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                process.info().commandLine().filter(line -> line.contains(cluster)).isPresent())
        .toList();
  }

  private static int statusOfNamespaces(GantryProcess server, String secret) throws Exception {
    return send(request(server, secret).GET()).statusCode();
  }

  private static String namespaces(GantryProcess server, String secret) throws Exception {
    return send(request(server, secret).GET()).body();
  }

  private static void createNamespace(GantryProcess server, String secret, String name)
      throws Exception {
    var body = HttpRequest.BodyPublishers.ofString("{\"name\":\"" + name + "\"}");
    assertThat(send(request(server, secret).POST(body)).statusCode()).isEqualTo(200);
  }

  private static HttpRequest.Builder request(GantryProcess server, String secret) {
    return HttpRequest.newBuilder(server.uri("/registry/v1/regions/fr-par/namespaces"))
        .header("X-Auth-Token", secret)
        .header("Content-Type", "application/json");
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.ofString());
    }
  }
}
