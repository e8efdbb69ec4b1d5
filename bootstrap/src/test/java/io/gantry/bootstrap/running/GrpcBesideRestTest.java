package io.gantry.bootstrap.running;

import static io.restassured.RestAssured.given;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;

import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.gantry.bootstrap.client.DataPlane;
import io.gantry.bootstrap.client.TestImage;
import io.gantry.proto.registry.v1.CreateNamespaceRequest;
import io.gantry.proto.registry.v1.Image;
import io.gantry.proto.registry.v1.ListImagesRequest;
import io.gantry.proto.registry.v1.Namespace;
import io.gantry.proto.registry.v1.RegistryGrpc;
import io.gantry.proto.registry.v1.RegistryGrpc.RegistryBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** gRPC is on the port of REST and the data plane, over the same registry. */
@QuarkusTest
@RunningGantry
final class GrpcBesideRestTest {
  private static final int PATIENCE_SECONDS = 30;

  private final int port =
      ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
  private ManagedChannel channel;

  @BeforeEach
  void connect() {
    channel = NettyChannelBuilder.forAddress("localhost", port).usePlaintext().build();
  }

  @AfterEach
  void disconnect() {
    var _ = channel.shutdownNow();
  }

  @Test
  void listsWhatTheDataPlaneHasJustTaken() throws Exception {
    Namespace namespace =
        owner()
            .createNamespace(
                CreateNamespaceRequest.newBuilder()
                    .setRegion("fr-par")
                    .setName("grpc-" + UUID.randomUUID())
                    .build())
            .getNamespace();
    TestImage pushed = TestImage.random(2, 1000);
    new DataPlane(URI.create("http://localhost:" + port), Tenants.OWNER)
        .push(namespace.getName() + "/app", "1.0", pushed);

    Image image =
        owner()
            .listImages(
                ListImagesRequest.newBuilder()
                    .setRegion("fr-par")
                    .setNamespaceId(namespace.getId())
                    .build())
            .getImages(0);

    assertThat(image.getName()).isEqualTo("app");
    assertThat(image.getTagsList()).containsExactly("1.0");
    assertThat(image.getSize())
        .isEqualTo(pushed.layers().stream().mapToLong(layer -> layer.content().size()).sum());
    given()
        .header("X-Auth-Token", Tenants.OWNER)
        .get("/registry/v1/regions/fr-par/images?namespace_id=" + namespace.getId())
        .then()
        .statusCode(200)
        .body("images.id", hasItem(image.getId()));
  }

  @Test
  void describesItselfByReflection() throws InterruptedException {
    BlockingQueue<ServerReflectionResponse> answers = new LinkedBlockingQueue<>();
    StreamObserver<ServerReflectionRequest> questions =
        ServerReflectionGrpc.newStub(channel).serverReflectionInfo(into(answers));

    questions.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());

    assertThat(
            requireNonNull(answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), "no answer")
                .getListServicesResponse()
                .getServiceList())
        .extracting(ServiceResponse::getName)
        .contains(RegistryGrpc.SERVICE_NAME, HealthGrpc.SERVICE_NAME);
    questions.onCompleted();
  }

  @Test
  void reportsHealth() {
    for (String service : new String[] {"", RegistryGrpc.SERVICE_NAME}) {
      assertThat(
              HealthGrpc.newBlockingStub(channel)
                  .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
                  .check(HealthCheckRequest.newBuilder().setService(service).build())
                  .getStatus())
          .isEqualTo(ServingStatus.SERVING);
    }
  }

  private RegistryBlockingStub owner() {
    Metadata key = new Metadata();
    key.put(Metadata.Key.of("x-auth-token", Metadata.ASCII_STRING_MARSHALLER), Tenants.OWNER);
    return RegistryGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(key))
        .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
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
}
