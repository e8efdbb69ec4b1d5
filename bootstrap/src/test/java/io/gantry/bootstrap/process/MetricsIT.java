package io.gantry.bootstrap.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.bootstrap.client.Content;
import io.gantry.bootstrap.client.DataPlane;
import io.gantry.bootstrap.running.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What monitoring sees on the management port. */
final class MetricsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String NAMESPACES = "/registry/v1/regions/fr-par/namespaces";
  private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+)\"");
  private static final Pattern SECRET = Pattern.compile("\"secret_key\"\\s*:\\s*\"([^\"]+)\"");

  @TempDir Path data;
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void countsWhatCollectionHasDone() throws Exception {
    try (var server = GantryProcess.start(data).awaitReady()) {
      String secret = first(SECRET, Files.readString(data.resolve("first-key.json")));
      URI namespaces = server.uri(NAMESPACES);
      var create =
          HttpRequest.newBuilder(namespaces)
              .header("X-Auth-Token", secret)
              .POST(BodyPublishers.ofString("{\"name\":\"short-lived\"}"));
      String id = first(ID, send(create));
      assertThat(metrics(server)).contains("gantry_collection_deleted_total 0.0");

      var _ =
          send(
              HttpRequest.newBuilder(URI.create(namespaces + "/" + id))
                  .header("X-Auth-Token", secret)
                  .DELETE());

      Deadline.in(PATIENCE)
          .await(
              () -> metrics(server).contains("gantry_collection_deleted_total 1.0"),
              () -> metrics(server));
      assertThat(metrics(server))
          .contains("gantry_collection_failures_total 0.0")
          .containsPattern("gantry_collection_rounds_total [1-9]")
          .containsPattern("gantry_collection_last_done_seconds \\d")
          .contains("gantry_collection_freed_bytes_total 0.0");
    }
  }

  @Test
  void countsAndTimesCalls() throws Exception {
    try (var server = GantryProcess.start(data).awaitReady();
        var wire = new GrpcWire(server.uri("/").getPort(), "")) {
      var answer = wire.post(GrpcWire.SERVICE + "GetTag", Map.of(), GrpcWire.frame(0, 0));
      assertThat(answer.grpcStatus()).isEqualTo("16");

      String labels =
          "{method=\"GetTag\",methodType=\"UNARY\",service=\"scaleway.registry.v1.Registry\","
              + "statusCode=\"UNAUTHENTICATED\"}";
      Deadline.in(PATIENCE)
          .await(
              () ->
                  metrics(server)
                      .contains("grpc_server_processing_duration_seconds_count" + labels + " 1"),
              () -> metrics(server));
    }
  }

  @Test
  void tellsWhatIsStored() throws Exception {
    try (var server = GantryProcess.start(data).awaitReady()) {
      String secret = first(SECRET, Files.readString(data.resolve("first-key.json")));
      var create =
          HttpRequest.newBuilder(server.uri(NAMESPACES))
              .header("X-Auth-Token", secret)
              .POST(BodyPublishers.ofString("{\"name\":\"stored\"}"));
      var _ = send(create);
      new DataPlane(server.uri("/"), secret)
          .pushBlob("stored/app", Content.of("hello".getBytes(UTF_8)));
    }
    // It is counted at the start, and then not again soon.
    try (var server = GantryProcess.start(data).awaitReady()) {
      Deadline.in(PATIENCE)
          .await(() -> metrics(server).contains("gantry_stored_bytes 5.0"), () -> metrics(server));
      assertThat(metrics(server))
          .contains("gantry_stored_blobs 1.0")
          .contains("gantry_namespaces 1.0")
          .contains("gantry_images 0.0")
          .contains("gantry_database_repeats_total 0.0")
          .contains("gantry_database_conflicts_total 0.0");
    }
  }

  private String metrics(GantryProcess server) {
    try {
      return send(HttpRequest.newBuilder(server.managementUri("/q/metrics")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    var answer = http.send(request.build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return answer.body();
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }
}
