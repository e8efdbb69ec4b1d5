package io.gantry.bootstrap.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gantry key}, as somebody uses it who is locked out. */
final class KeyCommandIT {
  private static final Pattern ACCESS_KEY = Pattern.compile("access key +(\\S+)");
  private static final Pattern SECRET_KEY = Pattern.compile("secret key +(\\S+)");
  private static final String NAMESPACES = "/registry/v1/regions/fr-par/namespaces";
  private static final String KEYS = "/iam/v1alpha1/api-keys/";

  @TempDir Path folder;

  @Test
  void makesAKeyThatLetsInAndRevokesIt() throws Exception {
    Path data = folder.resolve("data");
    try (var server = GantryProcess.start(data).awaitReady()) {
      assertThat(run(1, data, "key", "create"))
          .contains("another Gantry is running on the data directory " + data)
          .contains("/iam/v1alpha1/api-keys");
      assertThat(status(server, NAMESPACES, found(SECRET_KEY, server.output()))).isEqualTo(200);
    }

    String made = run(0, data, "key", "create", "--description", "let me in");
    String accessKey = found(ACCESS_KEY, made);
    String secret = found(SECRET_KEY, made);
    assertThat(run(0, data, "key", "list"))
        .contains(accessKey)
        .contains("let me in")
        .contains("configured")
        .doesNotContain(secret);

    try (var server = GantryProcess.start(data).awaitReady()) {
      assertThat(get(server, NAMESPACES, secret).statusCode()).isEqualTo(200);
      assertThat(get(server, KEYS + accessKey, secret).body())
          .contains("\"editable\":true", "\"description\":\"let me in\"");
    }

    assertThat(run(0, data, "key", "revoke", accessKey)).contains(accessKey);
    assertThat(run(0, data, "key", "list")).doesNotContain(accessKey);
    try (var server = GantryProcess.start(data).awaitReady()) {
      assertThat(status(server, NAMESPACES, secret)).isEqualTo(401);
    }
  }

  @Test
  void givesNoMoreRightsThanAskedFor() throws Exception {
    Path data = folder.resolve("data");
    String project;
    try (var server = GantryProcess.start(data).awaitReady()) {
      project = found(Pattern.compile("project +(\\S+)"), server.output());
    }
    String secret =
        found(
            SECRET_KEY,
            run(
                0,
                data,
                "key",
                "create",
                "--project=" + project,
                "--permission-set=ContainerRegistryReadOnly"));

    try (var server = GantryProcess.start(data).awaitReady()) {
      assertThat(status(server, NAMESPACES, secret)).isEqualTo(200);
      assertThat(post(server, NAMESPACES, secret, "{\"name\":\"made\"}").statusCode())
          .isEqualTo(403);
    }
  }

  @Test
  void saysWhatIsWrongAndMakesNothing() throws Exception {
    Path data = folder.resolve("data");

    assertThat(run(2, data, "key", "create", "--expires=soon")).contains("--expires");
    assertThat(run(2, data, "key", "create", "--organization=x")).contains("must be a UUID");
    assertThat(run(2, data, "key")).contains("create, list or revoke");
    assertThat(run(1, data, "key", "list")).contains("no database").contains(data.toString());
    assertThat(run(0, data, "key", "create", "--help")).contains("--permission-set");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void refusesWhatConfigurationHas() throws Exception {
    Path data = folder.resolve("data");
    String first;
    try (var server = GantryProcess.start(data).awaitReady()) {
      first = found(ACCESS_KEY, server.output());
    }

    assertThat(run(1, data, "key", "revoke", first)).contains("configuration");
    assertThat(run(1, data, "key", "revoke", "SCWNOBODYXXXXXXXXXXX")).contains("not found");
    assertThat(run(1, data, "key", "create", "--project=" + new UUID(0, 1)))
        .contains("--project must be projects of the organization");
    assertThat(run(1, data, "key", "create", "--expires=2020-01-01T00:00:00Z"))
        .contains("--expires must be in the future");
    assertThat(run(0, data, "key", "list")).contains(first).doesNotContain("made by");
  }

  private static String run(int exitCode, Path data, String... words) throws Exception {
    try (var command = GantryProcess.command(data, words)) {
      assertThat(command.awaitExit()).as(command.output()).isEqualTo(exitCode);
      assertThat(command.output()).doesNotContain("\tat ");
      return command.output();
    }
  }

  private static String found(Pattern pattern, String output) {
    Matcher matcher = pattern.matcher(output);
    assertThat(matcher.find()).as(output).isTrue();
    return matcher.group(1);
  }

  private static int status(GantryProcess server, String path, String secret) throws Exception {
    return get(server, path, secret).statusCode();
  }

  private static HttpResponse<String> get(GantryProcess server, String path, String secret)
      throws Exception {
    return send(HttpRequest.newBuilder(server.uri(path)).header("X-Auth-Token", secret));
  }

  private static HttpResponse<String> post(
      GantryProcess server, String path, String secret, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(server.uri(path))
            .header("X-Auth-Token", secret)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.ofString());
    }
  }
}
