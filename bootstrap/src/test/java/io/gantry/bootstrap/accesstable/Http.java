package io.gantry.bootstrap.accesstable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Sends requests to the server under test. */
final class Http {
  static final ObjectMapper JSON = new ObjectMapper();

  /** What differs from one answer to the next without telling anything. */
  private static final Set<String> OF_ONE_ANSWER = Set.of("date", "x-request-id");

  private final URI root;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Http(int port) {
    this.root = URI.create("http://localhost:" + port);
  }

  /** The header that says who calls the data plane. */
  static String basic(String secret) {
    return "Basic " + Base64.getEncoder().encodeToString(("nologin:" + secret).getBytes(UTF_8));
  }

  HttpResponse<String> exchange(Request request) {
    var http =
        HttpRequest.newBuilder(root.resolve(request.path()))
            .method(
                request.method(),
                request.body().size() == 0
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(request.body().bytes()));
    request.headers().forEach(http::header);
    try {
      return client.send(http.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(request.method() + " " + request.path() + " has no answer", e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  Answer send(Request request) {
    HttpResponse<String> response = exchange(request);
    Map<String, Object> headers = new TreeMap<>(response.headers().map());
    headers.keySet().removeAll(OF_ONE_ANSWER);
    return new Answer(
        Integer.toString(response.statusCode()),
        response.statusCode() < 400 ? "" : codeOf(response.body()),
        response.body(),
        response.statusCode() + "\n" + headers + "\n" + response.body());
  }

  /** The body of an answer that has to have this status. */
  JsonNode require(int status, Request request) {
    HttpResponse<String> response = exchange(request);
    assertThat(response.statusCode())
        .as("%s %s: %s", request.method(), request.path(), response.body())
        .isEqualTo(status);
    return response.body().isEmpty() ? JSON.nullNode() : json(response.body());
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + text, e);
    }
  }

  static byte[] bytes(Map<String, Object> body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String codeOf(String body) {
    if (body.isEmpty()) return "";
    JsonNode json = json(body);
    return json.path("errors").path(0).path("code").asText(json.path("type").asText());
  }
}
