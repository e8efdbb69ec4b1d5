package io.gantry.bootstrap.parity;

import static io.gantry.bootstrap.parity.Faces.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.bootstrap.running.Deadline;
import io.gantry.bootstrap.running.Tenants;
import io.gantry.domain.namespace.NamespaceOrder;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each operation on namespaces does. */
interface NamespaceCases extends EveryOperationCases {
  Fixture fixture();

  private Call list() {
    return Call.of("ListNamespaces").with("project_id", Tenants.OTHER_PROJECT);
  }

  private Call about(String operation, Answer namespace) {
    return Call.of(operation).with("namespace_id", namespace.text("id"));
  }

  @Test
  default void createsANamespaceOfTheCallersProject() {
    Answer made = createNamespace(Map.of());

    assertThat(made.text("project_id")).isEqualTo(Tenants.PROJECT);
    assertThat(made.text("organization_id")).isEqualTo(Tenants.ORGANIZATION);
    assertThat(made.text("status")).isEqualTo("ready");
    assertThat(made.text("region")).isEqualTo("fr-par");
    assertThat(made.text("description")).isEmpty();
    assertThat(made.text("is_public")).isEqualTo("false");
    assertThat(made.text("size")).isEqualTo("0");
    assertThat(made.text("image_count")).isEqualTo("0");
    assertThat(made.text("endpoint")).endsWith("/" + made.text("name"));
    assertThat(made.text("created_at")).isEqualTo(made.text("updated_at"));
    assertThat(ask(about("GetNamespace", made))).isEqualTo(made);
  }

  @Test
  default void createsANamespaceWithAllThatCanBeSaid() {
    Answer made =
        createNamespace(
            Map.of(
                "description",
                "of \"œufs\"\n☃",
                "is_public",
                true,
                "region",
                "pl-waw",
                "project_id",
                Tenants.PROJECT));

    assertThat(made.text("description")).isEqualTo("of \"œufs\"\n☃");
    assertThat(made.text("is_public")).isEqualTo("true");
    assertThat(made.text("region")).isEqualTo("pl-waw");
    ask(about("GetNamespace", made)).isFailure("NotFound"); // in the other region
    assertThat(ask(about("GetNamespace", made).with("region", "pl-waw"))).isEqualTo(made);
  }

  @Test
  default void createsForAnOrganizationInItsDefaultProject() {
    assertThat(createNamespace(Map.of("organization_id", Tenants.ORGANIZATION)).text("project_id"))
        .isEqualTo(Tenants.PROJECT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abc",
        "-abcd",
        "abcd-",
        "Abcd",
        "ab_cd",
        "ab cd",
        "ab/cd",
        "àbcd",
        "a23456789012345678901234567890123456789012345678901"
      })
  default void refusesNamesThatCannotBe(String name) {
    ask(Call.of("CreateNamespace").with("name", name))
        .isFailure("InvalidArgument", "argument", "name");
  }

  @Test
  default void refusesANameThatIsTaken() {
    Answer made = createNamespace(Map.of());

    ask(Call.of("CreateNamespace").with("name", made.text("name")))
        .isFailure("AlreadyExists", "resource", "namespace");
    ask(Call.of("CreateNamespace").with("name", made.text("name")).as(Tenants.FOREIGNER))
        .isFailure("AlreadyExists", "resource", "namespace");
  }

  @Test
  default void refusesNamesThatAreReserved() {
    ask(Call.of("CreateNamespace").with("name", "scw-" + unique().substring(0, 20)))
        .isFailure("PermissionDenied");
  }

  @Test
  default void refusesDescriptionsThatAreTooLong() {
    ask(Call.of("CreateNamespace").with("name", unique()).with("description", "x".repeat(10_001)))
        .isFailure("InvalidArgument", "argument", "description");
  }

  @Test
  default void refusesRequestsThatAreTooLarge() {
    ask(Call.of("CreateNamespace").with("name", unique()).with("description", "x".repeat(1 << 20)))
        .isFailure("TooLarge");
  }

  @ParameterizedTest
  @CsvSource({
    "project_id, " + Tenants.FOREIGN_PROJECT,
    "project_id, 00000000-0000-4000-8000-000000000000",
    "organization_id, c0000000-0000-4000-8000-000000000000",
  })
  default void refusesOwnersThatAreNotTheCallers(String owner, String id) {
    ask(Call.of("CreateNamespace").with("name", unique()).with(owner, id))
        .isFailure("PermissionDenied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"project_id", "organization_id"})
  default void refusesOwnersThatAreNoIds(String owner) {
    ask(Call.of("CreateNamespace").with("name", unique()).with(owner, "mine"))
        .isFailure("InvalidArgument", "argument", owner);
  }

  @Test
  default void refusesReadersWhoWantToChangeSomething() {
    Answer made = createNamespace(Map.of());

    ask(Call.of("CreateNamespace").with("name", unique()).as(Tenants.READER))
        .isFailure("PermissionDenied");
    ask(about("UpdateNamespace", made).with("is_public", true).as(Tenants.READER))
        .isFailure("PermissionDenied");
    ask(about("DeleteNamespace", made).as(Tenants.READER)).isFailure("PermissionDenied");
    assertThat(ask(about("GetNamespace", made).as(Tenants.READER))).isEqualTo(made);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GetNamespace", "UpdateNamespace", "DeleteNamespace"})
  default void hidesNamespacesFromOtherOrganizations(String operation) {
    Answer made = createNamespace(Map.of());

    ask(about(operation, made).as(Tenants.FOREIGNER)).isFailure("NotFound");
  }

  @Test
  default void updatesOnlyWhatIsSaid() {
    Answer made = createNamespace(Map.of("description", "before"));

    Answer opened = ask(about("UpdateNamespace", made).with("is_public", true));
    assertThat(opened.text("is_public")).isEqualTo("true");
    assertThat(opened.text("description")).isEqualTo("before");
    Answer cleared = ask(about("UpdateNamespace", made).with("description", ""));
    assertThat(cleared.text("is_public")).isEqualTo("true");
    assertThat(cleared.text("description")).isEmpty();
    assertThat(ask(about("GetNamespace", made))).isEqualTo(cleared);
  }

  @Test
  default void anUpdateThatSaysNothingChangesNothing() {
    Answer made = createNamespace(Map.of("description", "as it was", "is_public", true));

    Answer updated = ask(about("UpdateNamespace", made));

    assertThat(updated.text("description")).isEqualTo("as it was");
    assertThat(updated.text("is_public")).isEqualTo("true");
    ask(about("UpdateNamespace", made).with("description", "x".repeat(10_001)))
        .isFailure("InvalidArgument", "argument", "description");
  }

  @Test
  default void deletesForGood() {
    Answer made = createNamespace(Map.of());

    Answer deleted = ask(about("DeleteNamespace", made));

    assertThat(deleted.text("id")).isEqualTo(made.text("id"));
    assertThat(deleted.text("status")).isEqualTo("deleting");
    Deadline.in(Duration.ofSeconds(60))
        .await(
            () -> face().call(about("GetNamespace", made)) instanceof Answer.Failure,
            () -> "the namespace is still there");
    ask(about("GetNamespace", made)).isFailure("NotFound");
    ask(about("UpdateNamespace", made)).isFailure("NotFound");
    ask(about("DeleteNamespace", made)).isFailure("NotFound");
  }

  @ParameterizedTest
  @EnumSource(NamespaceOrder.class)
  default void listsNamespacesInEveryOrder(NamespaceOrder order) {
    fixture();
    isInOrder(list(), "namespaces", order);
    pagesAreTheListInPieces(
        list().with("order_by", order.name().toLowerCase(Locale.ROOT)), "namespaces");
  }

  @Test
  default void listsNamespacesByAge() {
    assertThat(fixture().namespaces).isEqualTo(ask(list()).column("namespaces", "name"));
  }

  @Test
  default void filtersNamespaces() {
    String name = fixture().namespaces.get(2);

    assertThat(ask(list().with("name", name)).column("namespaces", "name")).containsExactly(name);
    assertThat(ask(list().with("name", "nobody")).column("namespaces", "name")).isEmpty();
    assertThat(ask(list().with("region", "nl-ams")).column("namespaces", "name")).isEmpty();
    assertThat(
            ask(Call.of("ListNamespaces")
                    .with("organization_id", Tenants.ORGANIZATION)
                    .with("name", name))
                .column("namespaces", "name"))
        .containsExactly(name);
    assertThat(ask(list().as(Tenants.FOREIGNER)).column("namespaces", "name")).isEmpty();
    assertThat(ask(list().as(Tenants.READER)).column("namespaces", "name")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"project_id", "organization_id"})
  default void refusesNamespaceFiltersThatAreNoIds(String filter) {
    ask(Call.of("ListNamespaces").with(filter, "x"))
        .isFailure("InvalidArgument", "argument", filter);
  }
}
