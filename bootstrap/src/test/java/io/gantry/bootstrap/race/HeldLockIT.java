package io.gantry.bootstrap.race;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.RetryInfo;
import io.gantry.proto.registry.v1.DeleteImageRequest;
import io.gantry.proto.registry.v1.DeleteNamespaceRequest;
import io.gantry.proto.registry.v1.DeleteTagRequest;
import io.gantry.proto.registry.v1.Image.Visibility;
import io.gantry.proto.registry.v1.RegistryGrpc;
import io.gantry.proto.registry.v1.RegistryGrpc.RegistryBlockingStub;
import io.gantry.proto.registry.v1.UpdateImageRequest;
import io.gantry.proto.registry.v1.UpdateNamespaceRequest;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changes, over every face, to rows that somebody has locked for longer than anybody waits: all are
 * told to try again, none has half happened, and all succeed once the lock is gone.
 */
final class HeldLockIT {
  private static final String REGION = "fr-par";
  private static final String API = "/registry/v1/regions/" + REGION;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECRET = UUID.randomUUID().toString();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static TwoServers servers;
  private static Replicas replicas;
  private static ManagedChannel channel;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    servers = TwoServers.start(folder, SECRET, "gantry.database.lock-wait=1s");
    List<URI> roots = servers.processes().stream().map(server -> server.uri("/")).toList();
    replicas = new Replicas(roots, SECRET, servers.blobs());
    channel =
        NettyChannelBuilder.forAddress("localhost", roots.getFirst().getPort())
            .usePlaintext()
            .build();
  }

  @AfterAll
  static void stop() throws IOException {
    var _ = channel.shutdownNow();
    servers.close();
  }

  @Test
  void ofImagesCanBeTriedAgain() throws Exception {
    Held one = Held.create();
    Held other = Held.create();

    requireRefusedThenDone(
        "select from image for update",
        List.of(one, other),
        List.of(
            new Rest("PATCH", "/images/" + one.image(), "{\"visibility\":\"public\"}"),
            new Rest("DELETE", "/tags/" + one.tag(), ""),
            new Grpc(stub -> stub.updateImage(publish(other))),
            new Grpc(stub -> stub.deleteTag(delete(other))),
            new Push(one.name() + "/app", "later"),
            new Rest("DELETE", "/images/" + one.image(), ""),
            new Rest("DELETE", "/namespaces/" + one.namespace(), ""),
            new Grpc(
                stub ->
                    stub.deleteImage(
                        DeleteImageRequest.newBuilder()
                            .setRegion(REGION)
                            .setImageId(other.image())
                            .build())),
            new Grpc(stub -> stub.deleteNamespace(remove(other)))));
  }

  @Test
  void ofNamespacesCanBeTriedAgain() throws Exception {
    Held one = Held.create();
    Held other = Held.create();

    requireRefusedThenDone(
        "select from namespace for update",
        List.of(one, other),
        List.of(
            new Rest("PATCH", "/namespaces/" + one.namespace(), "{\"is_public\":true}"),
            new Grpc(
                stub ->
                    stub.updateNamespace(
                        UpdateNamespaceRequest.newBuilder()
                            .setRegion(REGION)
                            .setNamespaceId(other.namespace())
                            .setIsPublic(true)
                            .build())),
            new Push(one.name() + "/another", "v1"),
            new Rest("DELETE", "/namespaces/" + one.namespace(), ""),
            new Grpc(stub -> stub.deleteNamespace(remove(other)))));
  }

  private static UpdateImageRequest publish(Held held) {
    return UpdateImageRequest.newBuilder()
        .setRegion(REGION)
        .setImageId(held.image())
        .setVisibility(Visibility.VISIBILITY_PUBLIC)
        .build();
  }

  private static DeleteTagRequest delete(Held held) {
    return DeleteTagRequest.newBuilder().setRegion(REGION).setTagId(held.tag()).build();
  }

  private static DeleteNamespaceRequest remove(Held held) {
    return DeleteNamespaceRequest.newBuilder()
        .setRegion(REGION)
        .setNamespaceId(held.namespace())
        .build();
  }

  private static void requireRefusedThenDone(String lock, List<Held> held, List<Change> changes)
      throws Exception {
    List<String> before = held.stream().map(Held::state).toList();
    try (Connection somebody = servers.connect()) {
      somebody.setAutoCommit(false);
      execute(somebody, lock);
      allAtOnce(changes, Change::requireRefusedForNow);
      assertThat(held.stream().map(Held::state)).as("what is read meanwhile").isEqualTo(before);
      somebody.rollback();
    }
    assertThat(held.stream().map(Held::state)).as("what is left of it").isEqualTo(before);
    for (Change change : changes) change.requireDone();
    assertThat(servers.processes().getFirst().metrics())
        .containsPattern("gantry_database_conflicts_total [1-9]");
  }

  private static void allAtOnce(List<Change> changes, Attempt<Change> attempt) throws Exception {
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> attempts =
          changes.stream()
              .map(
                  change ->
                      clients.submit(
                          () -> {
                            attempt.make(change);
                            return true;
                          }))
              .toList();
      for (Future<Boolean> one : attempts) {
        assertThat(one.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  private interface Attempt<T> {
    void make(T of) throws Exception;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      var _ = statement.execute(sql);
    }
  }

  /** A namespace with one image, which has one tag. */
  private record Held(String name, String namespace, String image, String tag) {
    static Held create() throws Exception {
      String name = "held-" + UUID.randomUUID();
      replicas.createNamespace(name);
      assertThat(replicas.pushIndex(0, name + "/app", "v1").statusCode()).isEqualTo(201);
      String namespace = only("/namespaces?name=" + name, "namespaces");
      String image = only("/images?namespace_id=" + namespace, "images");
      return new Held(name, namespace, image, only("/images/" + image + "/tags", "tags"));
    }

    private static String only(String path, String list) throws Exception {
      JsonNode items = JSON.readTree(send("GET", path, "").body()).path(list);
      assertThat(items).hasSize(1);
      return items.path(0).path("id").asText();
    }

    /** All that the control plane says of it. */
    String state() {
      try {
        return send("GET", "/namespaces/" + namespace, "").body()
            + send("GET", "/images?namespace_id=" + namespace, "").body()
            + send("GET", "/images/" + image + "/tags", "").body();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  private sealed interface Change {
    void requireRefusedForNow() throws Exception;

    void requireDone() throws Exception;
  }

  private record Rest(String method, String path, String body) implements Change {
    @Override
    public void requireRefusedForNow() throws Exception {
      HttpResponse<String> answer = send(method, path, body);
      assertThat(answer.statusCode()).as("%s: %s", this, answer.body()).isEqualTo(503);
      assertThat(answer.body()).contains("try again");
      assertThat(answer.headers().firstValue("Retry-After")).contains("2");
    }

    @Override
    public void requireDone() throws Exception {
      HttpResponse<String> answer = send(method, path, body);
      assertThat(answer.statusCode()).as("%s: %s", this, answer.body()).isEqualTo(200);
    }
  }

  private record Grpc(Function<RegistryBlockingStub, Message> call) implements Change {
    @Override
    public void requireRefusedForNow() throws Exception {
      var thrown = catchThrowableOfType(StatusRuntimeException.class, () -> call.apply(stub()));
      assertThat(thrown.getStatus().getCode()).as(thrown.toString()).isEqualTo(Code.UNAVAILABLE);
      assertThat(thrown.getStatus().getDescription()).contains("try again");
      for (Any detail : requireNonNull(StatusProto.fromThrowable(thrown)).getDetailsList()) {
        if (!detail.is(RetryInfo.class)) continue;
        assertThat(detail.unpack(RetryInfo.class).getRetryDelay().getSeconds()).isPositive();
        return;
      }
      throw new AssertionError("does not say when to try again: " + thrown);
    }

    @Override
    public void requireDone() {
      assertThat(call.apply(stub())).isNotNull();
    }

    private static RegistryBlockingStub stub() {
      Metadata key = new Metadata();
      key.put(Metadata.Key.of("x-auth-token", Metadata.ASCII_STRING_MARSHALLER), SECRET);
      return RegistryGrpc.newBlockingStub(channel)
          .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(key))
          .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private record Push(String repository, String tag) implements Change {
    @Override
    public void requireRefusedForNow() {
      HttpResponse<String> answer = replicas.pushIndex(0, repository, tag);
      assertThat(answer.statusCode()).as("%s: %s", this, answer.body()).isEqualTo(503);
      assertThat(answer.body()).contains("UNAVAILABLE", "try again");
      assertThat(answer.headers().firstValue("Retry-After")).contains("2");
    }

    @Override
    public void requireDone() {
      assertThat(replicas.pushIndex(0, repository, tag).statusCode()).isEqualTo(201);
    }
  }

  private static HttpResponse<String> send(String method, String path, String body)
      throws Exception {
    URI uri = servers.processes().getFirst().uri(API + path);
    return HTTP.send(
        HttpRequest.newBuilder(uri)
            .header("X-Auth-Token", SECRET)
            .method(method, BodyPublishers.ofString(body))
            .timeout(PATIENCE)
            .build(),
        BodyHandlers.ofString());
  }
}
