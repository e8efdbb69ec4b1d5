package io.gantry.bootstrap.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

/** The REST API, as the owner of the first key calls it. */
public final class ControlPlane {
  private static final String REGION = "/registry/v1/regions/fr-par";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Server server;
  private final String secret;
  private final HttpClient http = HttpClient.newHttpClient();

  private ControlPlane(Server server, String secret) {
    this.server = server;
    this.secret = secret;
  }

  public static ControlPlane of(Server server, Path dataDirectory) throws Exception {
    JsonNode key = JSON.readTree(dataDirectory.resolve("first-key.json").toFile());
    return new ControlPlane(server, key.path("secret_key").asText());
  }

  public String secret() {
    return secret;
  }

  /** Makes a private namespace and returns its id. */
  public String createNamespace(String name) throws Exception {
    return answer("POST", "/namespaces", "{\"name\":\"" + name + "\"}").path("id").asText();
  }

  void makePublic(String namespace) throws Exception {
    JsonNode changed = answer("PATCH", "/namespaces/" + namespace, "{\"is_public\":true}");
    assertThat(changed.path("is_public").asBoolean()).isTrue();
  }

  /** Returns when the deletion is acknowledged. */
  public void deleteNamespace(String namespace) throws Exception {
    assertThat(answer("DELETE", "/namespaces/" + namespace, "").path("id").asText())
        .isEqualTo(namespace);
  }

  public int statusOfNamespace(String namespace) throws Exception {
    return send("GET", "/namespaces/" + namespace, "").statusCode();
  }

  /** The images of a namespace of no more than one page. */
  public JsonNode images(String namespace) throws Exception {
    return answer("GET", "/images?page_size=100&namespace_id=" + namespace, "").path("images");
  }

  /** A namespace's only image. */
  JsonNode image(String namespace) throws Exception {
    JsonNode images = images(namespace);
    assertThat(images).hasSize(1);
    return images.path(0);
  }

  /** An image's only tag. */
  JsonNode tag(String image) throws Exception {
    JsonNode tags = answer("GET", "/images/" + image + "/tags", "").path("tags");
    assertThat(tags).hasSize(1);
    return tags.path(0);
  }

  void deleteTag(String tag) throws Exception {
    assertThat(answer("DELETE", "/tags/" + tag, "").path("id").asText()).isEqualTo(tag);
  }

  private JsonNode answer(String method, String path, String body) throws Exception {
    HttpResponse<String> response = send(method, path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(server.uri(REGION + path))
            .header("X-Auth-Token", secret)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }
}
