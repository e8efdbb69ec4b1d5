package io.gantry.grpc;

import static io.gantry.grpc.Client.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import io.gantry.domain.Catalogue;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.manifest.ManifestBuilder;
import io.gantry.grpc.Client.Failure;
import io.gantry.proto.registry.v1.CreateNamespaceRequest;
import io.gantry.proto.registry.v1.DeleteNamespaceRequest;
import io.gantry.proto.registry.v1.GetNamespaceRequest;
import io.gantry.proto.registry.v1.ListNamespacesRequest;
import io.gantry.proto.registry.v1.ListNamespacesRequest.OrderBy;
import io.gantry.proto.registry.v1.ListNamespacesResponse;
import io.gantry.proto.registry.v1.Namespace;
import io.gantry.proto.registry.v1.UpdateNamespaceRequest;
import io.grpc.Status.Code;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The five methods on namespaces as clients see them. */
@QuarkusTest
final class NamespaceMethodsTest {
  private static final String REGION = "fr-par";
  private static final Timestamp MADE =
      Timestamp.newBuilder()
          .setSeconds(Catalogue.START.getEpochSecond())
          .setNanos(123_456_000)
          .build();

  private final TestRegistry registry;
  private Client client;

  NamespaceMethodsTest(TestRegistry registry) {
    this.registry = registry;
  }

  @BeforeEach
  void open() {
    client = new Client();
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void createsANamespaceInTheDefaultProject() {
    String name = TestRegistry.unique();

    Namespace namespace =
        client
            .owner()
            .createNamespace(creation(name).setDescription("Wörter").setIsPublic(true).build())
            .getNamespace();

    assertThat(namespace.getId()).isEqualTo(UUID.fromString(namespace.getId()).toString());
    assertThat(namespace.toBuilder().clearId().clearCreatedAt().clearUpdatedAt().build())
        .isEqualTo(
            Namespace.newBuilder()
                .setName(name)
                .setDescription("Wörter")
                .setOrganizationId(TestRegistry.ORGANIZATION)
                .setProjectId(TestRegistry.PROJECT)
                .setStatus(Namespace.Status.STATUS_READY)
                .setEndpoint("registry.example:8080/" + name)
                .setIsPublic(true)
                .setRegion(REGION)
                .build());
    assertThat(get(namespace.getId())).isEqualTo(namespace);
  }

  @Test
  void writesEveryField() {
    var stored = registry.addNamespace();
    ImageId image = registry.catalogue.addImage(stored, "app");
    registry.catalogue.push(
        image,
        ManifestBuilder.aManifest().layers(registry.catalogue.addBlob(image, 1L << 33)).build(),
        "latest");

    assertThat(get(stored.id().toString()))
        .isEqualTo(
            Namespace.newBuilder()
                .setId(stored.id().toString())
                .setName(stored.name().value())
                .setOrganizationId(TestRegistry.ORGANIZATION)
                .setProjectId(TestRegistry.PROJECT)
                .setStatus(Namespace.Status.STATUS_READY)
                .setEndpoint("registry.example:8080/" + stored.name())
                .setSize(1L << 33)
                .setCreatedAt(MADE)
                .setUpdatedAt(MADE)
                .setImageCount(1)
                .setRegion(REGION)
                .build());
  }

  @Test
  void refusesANameThatIsTaken() {
    String name = registry.addNamespace().name().value();

    Failure failure = failureOf(() -> client.owner().createNamespace(creation(name).build()));

    assertThat(failure.code()).isEqualTo(Code.ALREADY_EXISTS);
    assertThat(failure.reason()).isEqualTo("ALREADY_EXISTS");
    assertThat(failure.detail(ResourceInfo.class).getResourceType()).isEqualTo("namespace");
  }

  @ParameterizedTest
  @CsvSource({
    "'',          '', name",
    "abc,         '', name",
    "-abc,        '', name",
    "Upper,       '', name",
    "good-name-1, x,  project_id"
  })
  void namesTheFieldThatIsWrong(String name, String project, String field) {
    Failure failure =
        failureOf(
            () -> client.owner().createNamespace(creation(name).setProjectId(project).build()));

    assertThat(failure.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(failure.fields()).containsExactly(field);
  }

  @Test
  @SuppressWarnings("deprecation") // it still works
  void takesTheOrganizationForItsDefaultProject() {
    Namespace namespace =
        client
            .owner()
            .createNamespace(
                creation(TestRegistry.unique())
                    .setOrganizationId(TestRegistry.ORGANIZATION)
                    .build())
            .getNamespace();

    assertThat(namespace.getProjectId()).isEqualTo(TestRegistry.PROJECT);
  }

  @Test
  void refusesWhatTheKeyMayNotDo() {
    String id = registry.addNamespace().id().toString();

    List<Failure> failures =
        List.of(
            failureOf(
                () -> client.reader().createNamespace(creation(TestRegistry.unique()).build())),
            failureOf(() -> client.owner().createNamespace(creation("scw-mine").build())),
            failureOf(() -> client.reader().updateNamespace(change(id).build())),
            failureOf(() -> client.reader().deleteNamespace(deletion(id))));

    assertThat(failures).extracting(Failure::code).containsOnly(Code.PERMISSION_DENIED);
    assertThat(failures).extracting(Failure::reason).containsOnly("PERMISSION_DENIED");
  }

  @Test
  void hidesWhatBelongsToOthers() {
    String id = registry.catalogue.addNamespace().id().toString();

    List<Failure> failures =
        List.of(
            failureOf(() -> get(id)),
            failureOf(() -> client.owner().updateNamespace(change(id).build())),
            failureOf(() -> client.owner().deleteNamespace(deletion(id))));

    assertThat(failures).extracting(Failure::code).containsOnly(Code.NOT_FOUND);
    assertThat(failures)
        .extracting(failure -> failure.detail(ResourceInfo.class).getResourceName())
        .containsOnly(id);
  }

  @Test
  void findsNothingInAnotherRegion() {
    String id = registry.addNamespace().id().toString();
    GetNamespaceRequest request =
        GetNamespaceRequest.newBuilder().setRegion("nl-ams").setNamespaceId(id).build();

    assertThat(failureOf(() -> client.owner().getNamespace(request)).code())
        .isEqualTo(Code.NOT_FOUND);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "0-0-0-0-0", "00000000000040008000000000000000"})
  void refusesAnIdThatIsNoUuid(String id) {
    Failure failure = failureOf(() -> get(id));

    assertThat(failure.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(failure.fields()).containsExactly("namespace_id");
  }

  @Test
  void changesOnlyWhatIsPresent() {
    String id =
        client
            .owner()
            .createNamespace(
                creation(TestRegistry.unique()).setDescription("old").setIsPublic(true).build())
            .getNamespace()
            .getId();

    Namespace same = client.owner().updateNamespace(change(id).build()).getNamespace();
    Namespace closed =
        client.owner().updateNamespace(change(id).setIsPublic(false).build()).getNamespace();
    Namespace blank =
        client.owner().updateNamespace(change(id).setDescription("").build()).getNamespace();

    assertThat(same.getIsPublic()).isTrue();
    assertThat(closed.getIsPublic()).isFalse();
    assertThat(closed.getDescription()).isEqualTo("old");
    assertThat(blank.getDescription()).isEmpty();
  }

  @Test
  void deletesANamespaceWhichThenCannotBeChanged() {
    String id = registry.addNamespace().id().toString();

    Namespace deleted = client.owner().deleteNamespace(deletion(id)).getNamespace();
    Failure failure = failureOf(() -> client.owner().updateNamespace(change(id).build()));

    assertThat(deleted.getStatus()).isEqualTo(Namespace.Status.STATUS_DELETING);
    assertThat(failure.code()).isEqualTo(Code.ABORTED);
    assertThat(failure.reason()).isEqualTo("TRANSIENT_STATE");
    assertThat(failure.detail(RetryInfo.class).getRetryDelay().getSeconds()).isEqualTo(1);
  }

  @Test
  void listsByExactName() {
    var stored = registry.addNamespace();

    ListNamespacesResponse found = list(listing().setName(stored.name().value()));
    ListNamespacesResponse part = list(listing().setName(stored.name().value().substring(0, 9)));

    assertThat(found.getNamespacesList()).containsExactly(get(stored.id().toString()));
    assertThat(found.getTotalCount()).isEqualTo(1);
    assertThat(part).isEqualTo(ListNamespacesResponse.getDefaultInstance());
  }

  @Test
  void listsInOrderPageByPage() {
    for (int i = 0; i < 3; i++) {
      var _ = registry.addNamespace();
    }

    ListNamespacesResponse first =
        list(listing().setOrderBy(OrderBy.ORDER_BY_NAME_DESC).setPageSize(2));
    ListNamespacesResponse second =
        list(listing().setOrderBy(OrderBy.ORDER_BY_NAME_DESC).setPageSize(2).setPage(2));
    ListNamespacesResponse beyond = list(listing().setPage(Integer.MAX_VALUE).setPageSize(100));

    assertThat(first.getNamespacesList()).hasSize(2);
    assertThat(
            List.of(
                first.getNamespaces(0).getName(),
                first.getNamespaces(1).getName(),
                second.getNamespaces(0).getName()))
        .isSortedAccordingTo(java.util.Comparator.reverseOrder());
    assertThat(beyond.getNamespacesList()).isEmpty();
    assertThat(beyond.getTotalCount()).isEqualTo(first.getTotalCount()).isGreaterThan(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void refusesAPageBeforeTheFirst(int page) {
    assertThat(failureOf(() -> list(listing().setPage(page))).fields()).containsExactly("page");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 101, Integer.MAX_VALUE, -1})
  void refusesAPageSizeOutOfRange(int size) {
    assertThat(failureOf(() -> list(listing().setPageSize(size))).fields())
        .containsExactly("page_size");
  }

  @ParameterizedTest
  @ValueSource(ints = {10, -1, Integer.MAX_VALUE})
  void refusesAnOrderThatDoesNotExist(int order) {
    Failure failure = failureOf(() -> list(listing().setOrderByValue(order)));

    assertThat(failure.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(failure.fields()).containsExactly("order_by");
  }

  @Test
  void takesEveryOrderThereIs() {
    for (OrderBy order : OrderBy.values()) {
      if (order == OrderBy.UNRECOGNIZED) continue;
      assertThat(list(listing().setOrderBy(order)).getTotalCount()).isNotNegative();
    }
  }

  @Test
  void namesAFilterThatIsNoUuid() {
    assertThat(failureOf(() -> list(listing().setProjectId("x"))).fields())
        .containsExactly("project_id");
    assertThat(failureOf(() -> list(listing().setOrganizationId("x"))).fields())
        .containsExactly("organization_id");
  }

  private Namespace get(String id) {
    return client
        .owner()
        .getNamespace(GetNamespaceRequest.newBuilder().setRegion(REGION).setNamespaceId(id).build())
        .getNamespace();
  }

  private ListNamespacesResponse list(ListNamespacesRequest.Builder request) {
    return client.owner().listNamespaces(request.build());
  }

  private static ListNamespacesRequest.Builder listing() {
    return ListNamespacesRequest.newBuilder().setRegion(REGION);
  }

  private static CreateNamespaceRequest.Builder creation(String name) {
    return CreateNamespaceRequest.newBuilder().setRegion(REGION).setName(name);
  }

  private static UpdateNamespaceRequest.Builder change(String id) {
    return UpdateNamespaceRequest.newBuilder().setRegion(REGION).setNamespaceId(id);
  }

  private static DeleteNamespaceRequest deletion(String id) {
    return DeleteNamespaceRequest.newBuilder().setRegion(REGION).setNamespaceId(id).build();
  }
}
