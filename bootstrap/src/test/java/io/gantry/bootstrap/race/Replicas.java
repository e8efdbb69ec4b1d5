package io.gantry.bootstrap.race;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.bootstrap.client.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The replicas of one registry, as a client that is sent to any of them. Safe for many threads. */
final class Replicas {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<URI> roots;
  private final String secret;
  private final Path blobs;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** {@code blobs} is the folder where all of them keep their files. */
  Replicas(List<URI> roots, String secret, Path blobs) {
    this.roots = List.copyOf(roots);
    this.secret = secret;
    this.blobs = blobs;
  }

  void createNamespace(String name) {
    HttpRequest request =
        HttpRequest.newBuilder(roots.getFirst().resolve("/registry/v1/regions/fr-par/namespaces"))
            .header("X-Auth-Token", secret)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"name\":\"" + name + "\"}"))
            .build();
    assertThat(answer(request).statusCode()).isEqualTo(200);
  }

  /** Opens a session at one replica and closes it with the whole blob at another. */
  int pushBlob(int client, String repository, Content blob) {
    return put(client + 1, open(client, repository), blob.digest(), blob.bytes());
  }

  /** Opens a session and says where it is, on any replica. */
  String open(int client, String repository) {
    HttpResponse<String> opened =
        send(client, "POST", "/v2/" + repository + "/blobs/uploads/", new byte[0], Map.of());
    assertThat(opened.statusCode()).as(opened.body()).isEqualTo(202);
    return opened.headers().firstValue("Location").orElseThrow();
  }

  int patch(int client, String location, byte[] chunk, long first) {
    String range = first + "-" + (first + chunk.length - 1);
    return send(client, "PATCH", location, chunk, Map.of("Content-Range", range)).statusCode();
  }

  /** Adds bytes without saying where they belong. */
  int stream(int client, String location, byte[] bytes) {
    return send(client, "PATCH", location, bytes, Map.of()).statusCode();
  }

  int put(int client, String location, String digest, byte[] body) {
    return send(client, "PUT", location + "?digest=" + digest, body, Map.of()).statusCode();
  }

  int mount(int client, String repository, String digest, String from) {
    String query = "?mount=" + digest + "&from=" + from;
    String target = "/v2/" + repository + "/blobs/uploads/" + query;
    return send(client, "POST", target, new byte[0], Map.of()).statusCode();
  }

  int putManifest(int client, String repository, String reference, Content manifest) {
    return answerToManifest(client, repository, reference, manifest).statusCode();
  }

  /** Pushes an index that lists nothing and that no other tag has. */
  HttpResponse<String> pushIndex(int client, String repository, String tag) {
    String index =
        """
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json",
         "manifests":[],"annotations":{"tag":"%s"}}
        """
            .formatted(tag);
    return answerToManifest(client, repository, tag, Content.of(index.getBytes(UTF_8)));
  }

  private HttpResponse<String> answerToManifest(
      int client, String repository, String reference, Content manifest) {
    return send(
        client,
        "PUT",
        "/v2/" + repository + "/manifests/" + reference,
        manifest.bytes(),
        Map.of("Content-Type", "application/vnd.oci.image.index.v1+json"));
  }

  HttpResponse<String> get(int client, String path) {
    return send(client, "GET", path, new byte[0], Map.of());
  }

  int delete(int client, String path) {
    return send(client, "DELETE", path, new byte[0], Map.of()).statusCode();
  }

  /** How many files of this length the replicas keep. */
  long filesOf(long length) {
    try (Stream<Path> files = Files.walk(blobs)) {
      return files
          .filter(file -> file.toFile().isFile() && file.toFile().length() == length)
          .count();
    } catch (IOException | UncheckedIOException e) {
      return -1; // a file was deleted while they were counted
    }
  }

  private HttpResponse<String> send(
      int client, String method, String path, byte[] body, Map<String, String> headers) {
    String basic = Base64.getEncoder().encodeToString(("nologin:" + secret).getBytes(UTF_8));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(roots.get(client % roots.size()).resolve(path))
            .timeout(PATIENCE)
            .header("Authorization", "Basic " + basic)
            .method(method, BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return answer(request.build());
  }

  private HttpResponse<String> answer(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
