package io.gantry.bootstrap.parity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.MethodDescriptor;
import io.gantry.bootstrap.parity.Answer.Failure;
import io.gantry.bootstrap.parity.Answer.Success;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** Calls by the route that the method is annotated with. */
final class RestFace implements Face {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI root;

  RestFace(URI root) {
    this.root = root;
  }

  @Override
  public Answer call(Call call) {
    try {
      HttpResponse<String> response = http.send(request(call), BodyHandlers.ofString());
      JsonNode body = JSON.readTree(response.body());
      return response.statusCode() == 200
          ? new Success(withInstants(body))
          : failure(response.statusCode(), body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest request(Call call) throws IOException {
    MethodDescriptor method = Methods.method(call.operation());
    Map<String, Object> rest = new LinkedHashMap<>(call.arguments());
    String path = Methods.path(method);
    for (var argument : call.arguments().entrySet()) {
      String place = "{" + argument.getKey() + "}";
      if (!path.contains(place)) continue;
      path = path.replace(place, encode(argument.getValue()));
      rest.keySet().remove(argument.getKey());
    }
    boolean hasBody = !Methods.rule(method).getBody().isEmpty();
    var query = new StringJoiner("&", "?", "").setEmptyValue("");
    if (!hasBody) rest.forEach((name, value) -> query.add(name + "=" + encode(value)));
    var request =
        HttpRequest.newBuilder(root.resolve(path + query))
            .method(
                Methods.verb(method),
                hasBody
                    ? BodyPublishers.ofString(JSON.writeValueAsString(rest))
                    : BodyPublishers.noBody());
    if (!call.secret().isEmpty()) request.header("X-Auth-Token", call.secret());
    return request.build();
  }

  private static String encode(Object value) {
    return URLEncoder.encode(value.toString(), UTF_8).replace("+", "%20");
  }

  /** Times written as everybody here writes them. */
  private static JsonNode withInstants(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (String field : new String[] {"created_at", "updated_at"}) {
        if (object.has(field)) {
          object.put(field, Instant.parse(object.path(field).asText()).toString());
        }
      }
    }
    node.forEach(RestFace::withInstants);
    return node;
  }

  private static Failure failure(int status, JsonNode body) {
    String type = body.path("type").asText();
    JsonNode detail = body.path("details").path(0);
    return switch (status + " " + type) {
      case "400 invalid_arguments" ->
          new Failure(
              "InvalidArgument",
              Map.of(
                  "argument", detail.path("argument_name").asText(),
                  "reason", detail.path("reason").asText()));
      case "401 denied_authentication" ->
          new Failure("Unauthenticated", Map.of("reason", body.path("reason").asText()));
      case "403 permissions_denied" -> new Failure("PermissionDenied", Map.of());
      case "404 " -> new Failure("NotFound", facts(body, "message"));
      case "409 already_exists" ->
          new Failure("AlreadyExists", facts(body, "resource", "resource_id", "help_message"));
      case "409 transient_state" ->
          new Failure("TransientState", facts(body, "resource", "resource_id", "current_state"));
      case "412 precondition_failed" ->
          new Failure("PreconditionFailed", facts(body, "precondition", "help_message"));
      case "413 " -> new Failure("TooLarge", Map.of());
      default -> throw new AssertionError("REST answered " + status + " " + body);
    };
  }

  private static Map<String, String> facts(JsonNode body, String... names) {
    var facts = new LinkedHashMap<String, String>();
    for (String name : names) {
      facts.put(name, body.path(name).asText());
    }
    return facts;
  }
}
