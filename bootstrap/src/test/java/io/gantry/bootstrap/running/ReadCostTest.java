package io.gantry.bootstrap.running;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.bootstrap.client.Content;
import io.gantry.bootstrap.client.TestImage;
import io.gantry.proto.registry.v1.GetImageRequest;
import io.gantry.proto.registry.v1.GetNamespaceRequest;
import io.gantry.proto.registry.v1.GetTagRequest;
import io.gantry.proto.registry.v1.ListImagesRequest;
import io.gantry.proto.registry.v1.ListNamespacesRequest;
import io.gantry.proto.registry.v1.ListTagsRequest;
import io.gantry.proto.registry.v1.RegistryGrpc;
import io.gantry.proto.registry.v1.RegistryGrpc.RegistryBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a read costs the database on each face, the check of the key and of access included: one
 * statement and no transaction.
 */
@QuarkusTest
@RunningGantry
final class ReadCostTest {
  private static final int TRIES = 20;
  private static final String API = "/registry/v1/regions/fr-par/";

  @Inject DataSource database;

  private final Path folder = ConfigProvider.getConfig().getValue("gantry.data-dir", Path.class);
  private final int port =
      ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
  private ManagedChannel channel;
  private String namespace;
  private String app;
  private Content manifest;
  private Content layer;
  private String image;
  private String tag;

  @BeforeEach
  void push() throws Exception {
    String name = "ns-" + UUID.randomUUID();
    namespace =
        asOwner()
            .contentType("application/json")
            .body("{\"name\":\"%s\"}".formatted(name))
            .post(API + "namespaces")
            .then()
            .statusCode(200)
            .extract()
            .path("id");
    TestImage pushed = TestImage.random(1, 1000);
    app = "/v2/" + name + "/app/";
    for (Content blob : pushed.blobs()) {
      asOwner()
          .contentType("application/octet-stream")
          .body(blob.bytes())
          .post(app + "blobs/uploads/?digest=" + blob.digest())
          .then()
          .statusCode(201);
    }
    manifest = pushed.manifest();
    layer = pushed.layers().getFirst().content();
    asOwner()
        .contentType(TestImage.MANIFEST_TYPE)
        .body(manifest.bytes())
        .put(app + "manifests/latest")
        .then()
        .statusCode(201);
    image = first(API + "images?namespace_id=" + namespace, "images");
    tag = first(API + "images/" + image + "/tags", "tags");
  }

  private static String first(String path, String list) {
    return asOwner().get(path).then().statusCode(200).extract().path(list + "[0].id");
  }

  @BeforeEach
  void connect() {
    channel = NettyChannelBuilder.forAddress("localhost", port).usePlaintext().build();
  }

  @AfterEach
  void disconnect() {
    var _ = channel.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HEAD manifests/latest",
        "GET manifests/latest",
        "HEAD manifests/MANIFEST",
        "GET manifests/MANIFEST",
        "HEAD blobs/LAYER",
        "GET blobs/LAYER",
        "GET tags/list",
        "GET referrers/MANIFEST"
      })
  void ofTheDataPlaneIsOneStatement(String request) {
    String[] parts =
        request
            .replace("MANIFEST", manifest.digest())
            .replace("LAYER", layer.digest())
            .split(" ", -1);

    assertThat(cost(() -> asOwner().request(parts[0], app + parts[1]).then().statusCode(200)))
        .containsExactly("select");
  }

  /**
   * Tags are those of an image that is looked up before; and this key is one for all projects of an
   * organization, of which there may be more than a moment ago.
   */
  @ParameterizedTest
  @CsvSource({
    "namespaces/NAMESPACE, 1",
    "images/IMAGE, 1",
    "tags/TAG, 1",
    "namespaces, 2",
    "images, 2",
    "images/IMAGE/tags, 2",
  })
  void overRestIsOneStatement(String path, int statements) {
    String target =
        API + path.replace("NAMESPACE", namespace).replace("IMAGE", image).replace("TAG", tag);

    assertThat(cost(() -> asOwner().get(target).then().statusCode(200)))
        .isSubsetOf("select", "with")
        .hasSize(statements);
  }

  @ParameterizedTest
  @CsvSource({
    "GetNamespace, 1",
    "GetImage, 1",
    "GetTag, 1",
    "ListNamespaces, 2",
    "ListImages, 2",
    "ListTags, 2",
  })
  void overGrpcIsOneStatement(String method, int statements) {
    assertThat(cost(() -> call(method))).isSubsetOf("select", "with").hasSize(statements);
  }

  private void call(String method) {
    var _ =
        switch (method) {
          case "GetNamespace" ->
              stub()
                  .getNamespace(
                      GetNamespaceRequest.newBuilder()
                          .setRegion("fr-par")
                          .setNamespaceId(namespace)
                          .build());
          case "GetImage" ->
              stub()
                  .getImage(
                      GetImageRequest.newBuilder().setRegion("fr-par").setImageId(image).build());
          case "GetTag" ->
              stub().getTag(GetTagRequest.newBuilder().setRegion("fr-par").setTagId(tag).build());
          case "ListNamespaces" ->
              stub().listNamespaces(ListNamespacesRequest.newBuilder().setRegion("fr-par").build());
          case "ListImages" ->
              stub().listImages(ListImagesRequest.newBuilder().setRegion("fr-par").build());
          case "ListTags" ->
              stub()
                  .listTags(
                      ListTagsRequest.newBuilder().setRegion("fr-par").setImageId(image).build());
          default -> throw new IllegalArgumentException(method);
        };
  }

  /**
   * The first words of the statements of one request. What else happens at the same time only adds,
   * as do reading the key again and collection; so it is the fewest that counts.
   */
  private List<String> cost(Runnable request) {
    List<List<String>> costs = new ArrayList<>();
    try (StatementLog log = StatementLog.of(database, folder)) {
      for (int i = 0; i < TRIES; i++) costs.add(log.during(request));
    }
    return costs.stream().min(Comparator.comparingInt(List::size)).orElseThrow();
  }

  private RegistryBlockingStub stub() {
    Metadata key = new Metadata();
    key.put(
        Metadata.Key.of("x-auth-token", Metadata.ASCII_STRING_MARSHALLER),
        PostgresTestResource.SECRET_KEY);
    return RegistryGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(key))
        .withDeadlineAfter(30, TimeUnit.SECONDS);
  }

  private static RequestSpecification asOwner() {
    return given()
        .urlEncodingEnabled(false)
        .header("X-Auth-Token", PostgresTestResource.SECRET_KEY)
        .auth()
        .preemptive()
        .basic("nologin", PostgresTestResource.SECRET_KEY);
  }
}
