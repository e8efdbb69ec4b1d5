package io.gantry.grpc;

import static io.gantry.grpc.RawHttp2.await;
import static io.gantry.grpc.RawHttp2.frame;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.gantry.domain.namespace.Namespace;
import io.gantry.grpc.RawHttp2.Answer;
import io.gantry.proto.registry.v1.GetNamespaceRequest;
import io.gantry.proto.registry.v1.GetNamespaceResponse;
import io.gantry.proto.registry.v1.ListNamespacesRequest;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that the server finds when it reads a connection, all in one read. */
@QuarkusTest
final class CallsTogetherTest {
  private static final String OK = "0";
  private static final String INVALID_ARGUMENT = "3";
  private static final String NOT_FOUND = "5";
  private static final String UNAUTHENTICATED = "16";

  @Inject TestRegistry registry;
  @Inject Vertx server;

  private final CountDownLatch allSent = new CountDownLatch(1);
  private final List<Future<Void>> sent = new ArrayList<>();
  private RawHttp2 http;

  @BeforeEach
  void openAndKeepTheServerFromReading() throws Exception {
    http = new RawHttp2();
    var _ = http.post("GetNamespace", Map.of(), new byte[0]);
    for (EventExecutor loop : ((VertxInternal) server).getEventLoopGroup()) {
      loop.execute(
          () -> {
            try {
              assertThat(allSent.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
          });
    }
  }

  @AfterEach
  void close() throws Exception {
    http.close();
  }

  @Test
  void areLookedUpTogetherAndAnsweredEachByItself() throws Exception {
    List<Namespace> namespaces =
        List.of(registry.addNamespace(), registry.addNamespace(), registry.addNamespace());
    int before = registry.namespaceLookUps.get();

    Future<Answer> first = get(TestRegistry.OWNER, namespaces.get(0).id().toString());
    Future<Answer> second = get(TestRegistry.OWNER, namespaces.get(1).id().toString());
    Future<Answer> absent = get(TestRegistry.OWNER, UUID.randomUUID().toString());
    Future<Answer> malformed = get(TestRegistry.OWNER, "none");
    Future<Answer> ofNobody = get(UUID.randomUUID().toString(), namespaces.get(0).id().toString());
    Future<Answer> third = get(TestRegistry.OWNER, namespaces.get(2).id().toString());
    Future<Answer> again = get(TestRegistry.OWNER, namespaces.get(0).id().toString());
    letTheServerRead();

    assertIs(namespaces.get(0), await(first));
    assertIs(namespaces.get(1), await(second));
    assertIs(namespaces.get(2), await(third));
    assertIs(namespaces.get(0), await(again));
    assertThat(await(absent).grpcStatus()).isEqualTo(NOT_FOUND);
    assertThat(await(malformed).grpcStatus()).isEqualTo(INVALID_ARGUMENT);
    assertThat(await(ofNobody).grpcStatus()).isEqualTo(UNAUTHENTICATED);
    assertThat(registry.namespaceLookUps.get() - before).isEqualTo(1);
  }

  @Test
  void areNotHeldUpByACallerWhoIsStillLookedUp() throws Exception {
    Namespace namespace = registry.addNamespace();
    registry.clock.advance(Duration.ofSeconds(3)); // every key is looked up again

    Future<Answer> held = get(TestRegistry.HELD, namespace.id().toString());
    Future<Answer> other = get(TestRegistry.OWNER, namespace.id().toString());
    letTheServerRead();
    registry.trapped.awaitArrival();

    assertIs(namespace, await(other));
    assertThat(held.isComplete()).isFalse();
    registry.trapped.release();
    assertIs(namespace, await(held));
  }

  /** What is of a request, as its database session, is in its context. */
  @Test
  void haveAContextEachUnlessTheyAreLookUps() throws Exception {
    registry.listContexts.clear();
    List<Future<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      answers.add(
          call(
              "ListNamespaces",
              TestRegistry.OWNER,
              ListNamespacesRequest.newBuilder().setRegion("fr-par").build()));
    }
    letTheServerRead();

    for (Future<Answer> answer : answers) {
      assertThat(await(answer).grpcStatus()).isEqualTo(OK);
    }
    assertThat(registry.listContexts).hasSize(8).doesNotHaveDuplicates();
  }

  private Future<Answer> get(String secret, String id) {
    return call(
        "GetNamespace",
        secret,
        GetNamespaceRequest.newBuilder().setRegion("fr-par").setNamespaceId(id).build());
  }

  private Future<Answer> call(String method, String secret, MessageLite request) {
    byte[] message = request.toByteArray();
    Promise<Void> left = Promise.promise();
    sent.add(left.future());
    return http.begin(
        method, Map.of("x-auth-token", secret), frame(0, message.length, message), left);
  }

  private void letTheServerRead() throws Exception {
    await(Future.all(sent));
    allSent.countDown();
  }

  private static void assertIs(Namespace namespace, Answer answer) throws Exception {
    assertThat(answer.grpcStatus()).isEqualTo(OK);
    byte[] message = answer.body().getBytes(5, answer.body().length());
    assertThat(GetNamespaceResponse.parseFrom(message).getNamespace().getId())
        .isEqualTo(namespace.id().toString());
  }
}
