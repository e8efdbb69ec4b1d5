package io.gantry.grpc;

import static io.gantry.grpc.Client.failureOf;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.gantry.grpc.Client.Failure;
import io.gantry.grpc.error.GrpcErrors;
import io.gantry.proto.registry.v1.CreateNamespaceRequest;
import io.gantry.proto.registry.v1.ListNamespacesRequest;
import io.gantry.proto.registry.v1.ListNamespacesResponse;
import io.gantry.proto.registry.v1.RegistryGrpc;
import io.gantry.proto.registry.v1.RegistryProto;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status.Code;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every call, whatever was asked. */
@QuarkusTest
final class EveryCallTest {
  private static final String UUID_PATTERN =
      "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}";
  private static final ListNamespacesRequest LIST =
      ListNamespacesRequest.newBuilder().setRegion("fr-par").build();

  private final TestRegistry registry;
  private Client client;

  EveryCallTest(TestRegistry registry) {
    this.registry = registry;
  }

  @BeforeEach
  void open() {
    client = new Client();
    registry.clock.advance(Duration.ofSeconds(3)); // every key is looked up again
  }

  @AfterEach
  void close() {
    client.close();
  }

  static List<String> methods() {
    return RegistryGrpc.getServiceDescriptor().getMethods().stream()
        .map(MethodDescriptor::getBareMethodName)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("methods")
  void anonymousCallersAreAskedWhoTheyAreByEveryMethod(String method) {
    Failure failure = failureOf(() -> call(method, new Metadata()));

    assertThat(failure.code()).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(failure.reason()).isEqualTo("CREDENTIALS_MISSING");
    assertThat(failure.requestId()).matches(UUID_PATTERN);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everyMethodNeedsARegionThatIsServed(String method) {
    Failure failure = failureOf(() -> call(method, Client.withSecret(TestRegistry.OWNER)));

    assertThat(failure.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(failure.fields()).containsExactly("region");
  }

  @ParameterizedTest
  @CsvSource({
    "'',                                   CREDENTIALS_MISSING",
    "secret,                               CREDENTIALS_MALFORMED",
    "00000000-0000-4000-8000-000000000000, CREDENTIALS_UNKNOWN",
    TestRegistry.EXPIRED + ",              CREDENTIALS_EXPIRED",
  })
  void refusesCallersWithoutAGoodKey(String secret, String reason) {
    Failure failure = failureOf(() -> client.as(secret).listNamespaces(LIST));

    assertThat(failure.code()).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(failure.reason()).isEqualTo(reason);
  }

  @Test
  void aRequestIdIsInTheTrailersOfASuccess() {
    AtomicReference<Metadata> trailers = new AtomicReference<>();

    var _ =
        client
            .owner()
            .withInterceptors(
                MetadataUtils.newCaptureMetadataInterceptor(new AtomicReference<>(), trailers))
            .listNamespaces(LIST);

    assertThat(trailers.get().get(Client.REQUEST_ID)).matches(UUID_PATTERN);
  }

  @Test
  void tellsNothingOfABugButLogsItUnderTheRequestId() {
    List<LogRecord> records = Collections.synchronizedList(new ArrayList<>());
    Handler handler = handler(records);
    Logger logger = Logger.getLogger(GrpcErrors.class.getName());
    logger.addHandler(handler);
    Failure failure;
    try {
      failure = failureOf(() -> client.as(TestRegistry.POISONED).listNamespaces(LIST));
    } finally {
      logger.removeHandler(handler);
    }

    assertThat(failure.code()).isEqualTo(Code.INTERNAL);
    assertThat(failure.message()).isEqualTo("internal error");
    assertThat(failure.thrown()).asString().doesNotContain("select", "IllegalState");
    assertThat(failure.details()).isEmpty();
    assertThat(records).hasSize(1);
    assertThat(records.getFirst().getThrown()).hasMessage(TrappedKeyRepository.MESSAGE);
    assertThat(((ExtLogRecord) records.getFirst()).getMdc("requestId"))
        .isEqualTo(failure.requestId());
  }

  @Test
  void endsACallAtItsDeadlineThoughItsWorkGoesOn() {
    Metadata metadata = Client.withSecret(TestRegistry.HELD);
    // By hand, so that it is the server who keeps it.
    metadata.put(Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER), "100m");
    Failure failure =
        failureOf(
            () ->
                RegistryGrpc.newBlockingStub(client.channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
                    .listNamespaces(LIST));
    registry.trapped.awaitArrival();
    registry.trapped.release();

    assertThat(failure.code()).isEqualTo(Code.DEADLINE_EXCEEDED);
    assertThat(failure.requestId()).matches(UUID_PATTERN);
  }

  @Test
  void beginsNothingForACallerWhoHasGone() {
    String name = TestRegistry.unique();
    var call = client.channel.newCall(RegistryGrpc.getCreateNamespaceMethod(), CallOptions.DEFAULT);
    call.start(new ClientCall.Listener<>() {}, Client.withSecret(TestRegistry.HELD));
    call.request(1);
    call.sendMessage(CreateNamespaceRequest.newBuilder().setRegion("fr-par").setName(name).build());
    call.halfClose();
    registry.trapped.awaitArrival();
    call.cancel("changed my mind", null);
    var _ = exchange(); // on the same connection, so after the cancellation
    registry.trapped.release();
    for (int i = 0; i < 20; i++) {
      var _ = exchange();
    }

    assertThat(
            client.owner().listNamespaces(LIST.toBuilder().setName(name).build()).getTotalCount())
        .isZero();
  }

  @Test
  void describesItselfByReflection() throws Exception {
    BlockingQueue<ServerReflectionResponse> answers = new LinkedBlockingQueue<>();
    StreamObserver<ServerReflectionRequest> questions =
        ServerReflectionGrpc.newStub(client.channel).serverReflectionInfo(into(answers));

    questions.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
    questions.onNext(
        ServerReflectionRequest.newBuilder()
            .setFileContainingSymbol(RegistryGrpc.SERVICE_NAME)
            .build());

    assertThat(next(answers).getListServicesResponse().getServiceList())
        .extracting(ServiceResponse::getName)
        .contains(RegistryGrpc.SERVICE_NAME, HealthGrpc.SERVICE_NAME);
    assertThat(next(answers).getFileDescriptorResponse().getFileDescriptorProtoList())
        .contains(RegistryProto.getDescriptor().toProto().toByteString());
    for (String imported : RegistryProto.getDescriptor().toProto().getDependencyList()) {
      questions.onNext(ServerReflectionRequest.newBuilder().setFileByFilename(imported).build());
      assertThat(next(answers).getFileDescriptorResponse().getFileDescriptorProtoList())
          .isNotEmpty();
    }
    questions.onCompleted();
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    return requireNonNull(queue.poll(20, TimeUnit.SECONDS), "no answer");
  }

  private static <T> StreamObserver<T> into(BlockingQueue<T> queue) {
    return new StreamObserver<>() {
      @Override
      public void onNext(T value) {
        queue.add(value);
      }

      @Override
      public void onError(Throwable t) {}

      @Override
      public void onCompleted() {}
    };
  }

  @Test
  void reportsHealth() {
    var health = HealthGrpc.newBlockingStub(client.channel);

    assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus())
        .isEqualTo(ServingStatus.SERVING);
    assertThat(
            health
                .check(
                    HealthCheckRequest.newBuilder().setService(RegistryGrpc.SERVICE_NAME).build())
                .getStatus())
        .isEqualTo(ServingStatus.SERVING);
  }

  private ListNamespacesResponse exchange() {
    return client.owner().listNamespaces(LIST);
  }

  private byte[] call(String method, Metadata metadata) {
    return client.raw(method, metadata, new byte[0]);
  }

  private static Handler handler(List<LogRecord> records) {
    return new Handler() {
      @Override
      public void publish(LogRecord one) {
        ((ExtLogRecord) one).copyMdc();
        records.add(one);
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}
