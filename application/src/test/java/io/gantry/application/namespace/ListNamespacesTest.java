package io.gantry.application.namespace;

import static io.gantry.application.ControlPlane.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.application.ControlPlane;
import io.gantry.application.access.NameFilter;
import io.gantry.domain.Catalogue;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.error.RegistryError.Unauthenticated;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.NamespaceOrder;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ListNamespacesTest {
  private static final Optional<ProjectId> ANY_PROJECT = Optional.empty();
  private static final Optional<OrganizationId> ANY_ORGANIZATION = Optional.empty();

  private final ControlPlane plane = new ControlPlane();
  private final ListNamespaces list =
      new ListNamespaces(
          plane.readable, plane.catalogue.namespaces(), plane.catalogue.unitOfWork());

  @BeforeEach
  void addThree() {
    add(plane.project, "first");
    add(plane.otherProject, "second");
    add(plane.theirProject, "third");
  }

  @Test
  void showsWhatTheCallerMayReadOldestFirst() {
    assertThat(names(plane.owner, ANY_ORGANIZATION, ANY_PROJECT, ""))
        .containsExactly("first", "second");
    assertThat(names(plane.reader, ANY_ORGANIZATION, ANY_PROJECT, "")).containsExactly("first");
    assertThat(names(plane.stranger, ANY_ORGANIZATION, ANY_PROJECT, "")).containsExactly("third");
  }

  @Test
  void filtersByProject() {
    assertThat(names(plane.owner, ANY_ORGANIZATION, Optional.of(plane.otherProject), ""))
        .containsExactly("second");
    assertThat(names(plane.owner, ANY_ORGANIZATION, Optional.of(plane.theirProject), "")).isEmpty();
  }

  @Test
  void filtersByOrganization() {
    assertThat(names(plane.owner, Optional.of(plane.ours), ANY_PROJECT, ""))
        .containsExactly("first", "second");
    assertThat(names(plane.owner, Optional.of(plane.theirs), ANY_PROJECT, "")).isEmpty();
    OrganizationId unknown = new OrganizationId(UUID.randomUUID());
    assertThat(names(plane.owner, Optional.of(unknown), ANY_PROJECT, "")).isEmpty();
  }

  @Test
  void filtersByExactName() {
    assertThat(names(plane.owner, ANY_ORGANIZATION, ANY_PROJECT, "second"))
        .containsExactly("second");
  }

  @ParameterizedTest
  @ValueSource(strings = {"secon", "SECOND", "third", "no", "a b", "\u0000"})
  void matchesNothingByAnotherName(String name) {
    assertThat(names(plane.owner, ANY_ORGANIZATION, ANY_PROJECT, name)).isEmpty();
  }

  @Test
  void countsAllPagesOnEachEvenPastTheEnd() {
    Page<Namespace> past =
        list.handle(
            plane.owner,
            new ListNamespaces.Query(
                Catalogue.REGION,
                ANY_ORGANIZATION,
                ANY_PROJECT,
                new NameFilter.Any(),
                NamespaceOrder.NAME_DESC,
                new PageRequest(3, 1)));

    assertThat(past.items()).isEmpty();
    assertThat(past.totalCount()).isEqualTo(2);
  }

  @Test
  void asksAnonymousCallersWhoTheyAre() {
    assertThat(failureOf(() -> names(Caller.ANONYMOUS, ANY_ORGANIZATION, ANY_PROJECT, "")))
        .isInstanceOf(Unauthenticated.class);
  }

  private void add(ProjectId owner, String name) {
    var _ = plane.addNamespace(owner, name);
    plane.clock.advance(Duration.ofSeconds(1));
  }

  private List<String> names(
      Caller caller,
      Optional<OrganizationId> organization,
      Optional<ProjectId> project,
      String name) {
    return list
        .handle(
            caller,
            new ListNamespaces.Query(
                Catalogue.REGION,
                organization,
                project,
                NameFilter.of(name),
                NamespaceOrder.CREATED_AT_ASC,
                PageRequest.first()))
        .items()
        .stream()
        .map(namespace -> namespace.name().value())
        .toList();
  }
}
