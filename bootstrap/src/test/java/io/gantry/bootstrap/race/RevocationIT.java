package io.gantry.bootstrap.race;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gantry.bootstrap.client.Content;
import io.gantry.bootstrap.client.DataPlane;
import io.gantry.bootstrap.process.GantryProcess;
import io.gantry.bootstrap.running.Deadline;
import io.gantry.proto.registry.v1.ListNamespacesRequest;
import io.gantry.proto.registry.v1.RegistryGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key made and revoked at one replica, and what it is good for at both. */
final class RevocationIT {
  private static final Duration PROMISE = Duration.ofSeconds(5);
  private static final String IAM = "/iam/v1alpha1/";
  private static final String REGISTRY = "/registry/v1/regions/fr-par/namespaces";
  private static final String TOKENS = "/registry-internal/v1/regions/fr-par/tokens";
  private static final String REPOSITORY = "revocation/app";
  private static final String UNAUTHORIZED = "401";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String boss = UUID.randomUUID().toString();
  private final HttpClient http = HttpClient.newHttpClient();

  /** One way to use the key, and how it is answered. */
  private record Use(String name, String allowed, String refused, Supplier<String> answer) {
    boolean isRefused() {
      return answer.get().equals(refused);
    }
  }

  @Test
  void aKeyRevokedAtOneReplicaIsRefusedOnEveryFaceOfBothWithinSeconds(@TempDir Path folder)
      throws Exception {
    try (var servers = TwoServers.start(folder, boss)) {
      GantryProcess first = servers.processes().getFirst();
      JsonNode key = makeKey(first);
      String secret = key.path("secret_key").asText();
      made(first, REGISTRY, "{\"name\":\"revocation\"}");
      Content blob = Content.of("pushed with the key".getBytes(UTF_8));
      new DataPlane(first.uri("/"), secret).pushBlob(REPOSITORY, blob);
      // Both were handed out before the revocation, and neither has expired when it is refused.
      JsonNode tokens = tokens(first, secret);
      List<Use> uses = new ArrayList<>();
      for (GantryProcess server : servers.processes()) {
        uses.addAll(uses(server, secret, tokens, "/v2/" + REPOSITORY + "/blobs/" + blob.digest()));
      }
      for (Use use : uses) assertThat(use.answer().get()).as(use.name()).isEqualTo(use.allowed());

      String accessKey = key.path("access_key").asText();
      assertThat(send(by(boss, first.uri(IAM + "api-keys/" + accessKey)).DELETE()).statusCode())
          .isEqualTo(204);
      long revoked = System.nanoTime();

      Deadline.in(PROMISE)
          .await(() -> uses.stream().allMatch(Use::isRefused), () -> notYetRefused(uses));
      System.out.printf(
          "revoked key: refused everywhere after %d ms%n",
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - revoked));
    }
  }

  private List<Use> uses(GantryProcess server, String secret, JsonNode tokens, String blob) {
    String at = " at " + server.uri("/");
    String bearer = "Bearer " + tokens.path("token").asText();
    String form = "grant_type=refresh_token&service=registry&refresh_token=";
    return List.of(
        new Use("REST" + at, "200", UNAUTHORIZED, () -> status(by(secret, server.uri(REGISTRY)))),
        new Use("gRPC" + at, "OK", "UNAUTHENTICATED", () -> grpc(server, secret)),
        use("password" + at, server.uri(blob), basic(secret)),
        use("token" + at, server.uri(blob), bearer),
        use("a new token" + at, server.uri(TOKENS), basic(secret)),
        new Use(
            "refresh token" + at,
            "200",
            UNAUTHORIZED,
            () ->
                status(
                    HttpRequest.newBuilder(server.uri(TOKENS))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(
                            BodyPublishers.ofString(
                                form + tokens.path("refresh_token").asText())))));
  }

  private Use use(String name, URI uri, String authorization) {
    return new Use(
        name,
        "200",
        UNAUTHORIZED,
        () -> status(HttpRequest.newBuilder(uri).header("Authorization", authorization)));
  }

  private static String notYetRefused(List<Use> uses) {
    return uses.stream()
        .filter(use -> !use.isRefused())
        .map(Use::name)
        .collect(joining(", ", "the revoked key is still good: ", ""));
  }

  /** A key that may do everything in the registry, made in the three steps of the identity API. */
  private JsonNode makeKey(GantryProcess server) {
    JsonNode application = made(server, IAM + "applications", "{\"name\":\"pusher\"}");
    made(
        server,
        IAM + "policies",
        """
        {"name": "push", "application_id": "%s", "rules": [
          {"organization_id": "%s", "permission_set_names": ["ContainerRegistryFullAccess"]}]}
        """
            .formatted(
                application.path("id").asText(), application.path("organization_id").asText()));
    return made(
        server,
        IAM + "api-keys",
        "{\"application_id\":\"%s\"}".formatted(application.path("id").asText()));
  }

  private JsonNode made(GantryProcess server, String path, String body) {
    return answer(
        by(boss, server.uri(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private JsonNode tokens(GantryProcess server, String secret) {
    String query = "?offline_token=true&scope=repository:" + REPOSITORY + ":pull,push";
    return answer(
        HttpRequest.newBuilder(server.uri(TOKENS + query)).header("Authorization", basic(secret)));
  }

  private static String grpc(GantryProcess server, String secret) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", server.uri("/").getPort())
            .usePlaintext()
            .build();
    Metadata key = new Metadata();
    key.put(Metadata.Key.of("x-auth-token", Metadata.ASCII_STRING_MARSHALLER), secret);
    try {
      var _ =
          RegistryGrpc.newBlockingStub(channel)
              .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(key))
              .withDeadlineAfter(30, TimeUnit.SECONDS)
              .listNamespaces(ListNamespacesRequest.newBuilder().setRegion("fr-par").build());
      return "OK";
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode().name();
    } finally {
      var _ = channel.shutdownNow();
    }
  }

  private static HttpRequest.Builder by(String secret, URI uri) {
    return HttpRequest.newBuilder(uri).header("X-Auth-Token", secret);
  }

  private static String basic(String secret) {
    return "Basic " + Base64.getEncoder().encodeToString(("nologin:" + secret).getBytes(UTF_8));
  }

  private JsonNode answer(HttpRequest.Builder request) {
    HttpResponse<String> response = send(request);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String status(HttpRequest.Builder request) {
    return Integer.toString(send(request).statusCode());
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
