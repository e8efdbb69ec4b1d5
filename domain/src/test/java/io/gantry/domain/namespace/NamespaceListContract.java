package io.gantry.domain.namespace;

import static io.gantry.domain.Catalogue.REGION;
import static io.gantry.domain.Catalogue.START;
import static io.gantry.domain.Catalogue.aNamespace;
import static io.gantry.domain.Catalogue.aProject;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.access.ProjectId;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How every {@link NamespaceRepository} lists. */
public abstract class NamespaceListContract extends NamespaceScene {

  @Test
  void listsNothingForNoProjects() {
    var _ = catalogue().addNamespace();

    assertThat(
            list(new NamespaceFilter(REGION, Set.of(), Optional.empty()), NamespaceOrder.NAME_ASC))
        .isEqualTo(Page.empty());
  }

  @Test
  void listsTheNamespacesOfAllTheProjectsGiven() {
    ProjectId one = aProject();
    ProjectId two = aProject();
    Namespace first = catalogue().addNamespace(one);
    Namespace second = catalogue().addNamespace(two);
    var _ = catalogue().addNamespace(aProject());

    Page<Namespace> page =
        list(
            new NamespaceFilter(REGION, Set.of(one, two), Optional.empty()),
            NamespaceOrder.NAME_ASC);

    assertThat(namesOf(page)).containsExactlyInAnyOrder(first.name(), second.name());
    assertThat(page.totalCount()).isEqualTo(2);
  }

  @Test
  void listsOnlyTheOneNamed() {
    ProjectId project = aProject();
    Namespace wanted = catalogue().addNamespace(project);
    var _ = catalogue().addNamespace(project);

    Page<Namespace> page =
        list(
            new NamespaceFilter(REGION, Set.of(project), Optional.of(wanted.name())),
            NamespaceOrder.NAME_ASC);

    assertThat(page.items()).containsExactly(wanted);
    assertThat(page.totalCount()).isEqualTo(1);
  }

  @Test
  void listsThoseBeingDeletedUntilTheyAreRemoved() {
    ProjectId project = aProject();
    Namespace namespace = delete(catalogue().addNamespace(project));

    assertThat(list(filter(project), NamespaceOrder.NAME_ASC).items()).containsExactly(namespace);
  }

  @Test
  void isEmptyWithTheTotalPastTheEnd() {
    ProjectId project = aProject();
    var _ = catalogue().addNamespace(project);

    for (int number : new int[] {2, 50, Integer.MAX_VALUE}) {
      Page<Namespace> page =
          catalogue()
              .transaction(
                  () ->
                      namespaces()
                          .list(
                              filter(project),
                              NamespaceOrder.CREATED_AT_ASC,
                              new PageRequest(number, 100)));
      assertThat(page).isEqualTo(new Page<>(List.of(), 1));
    }
  }

  @ParameterizedTest
  @EnumSource
  void pagesInEveryOrderNeitherOverlapNorLeaveOut(NamespaceOrder order) {
    ProjectId project = aProject();
    List<NamespaceName> added = new ArrayList<>();
    for (int i = 0; i < 7; i++) added.add(catalogue().addNamespace(project).name());

    List<NamespaceName> seen = new ArrayList<>();
    for (int number = 1; number <= 4; number++) {
      PageRequest request = new PageRequest(number, 2);
      Page<Namespace> page =
          catalogue().transaction(() -> namespaces().list(filter(project), order, request));
      assertThat(page.totalCount()).isEqualTo(7);
      seen.addAll(namesOf(page));
    }

    assertThat(seen).containsExactlyInAnyOrderElementsOf(added);
  }

  @ParameterizedTest
  @EnumSource
  void sortsByWhatTheOrderSays(NamespaceOrder order) {
    ProjectId project = aProject();
    String end = UUID.randomUUID().toString().substring(0, 8);
    Namespace a = named("a-" + end, "zebra", project, START.plusSeconds(2));
    Namespace b = delete(named("b-" + end, "Zebra", project, START.plusSeconds(1)));
    Namespace c = named("c-" + end, "ä", project, START.plusSeconds(3));

    List<NamespaceName> names = namesOf(list(filter(project), order));

    assertThat(names)
        .isEqualTo(
            namesOf(
                switch (order) {
                  case CREATED_AT_ASC, REGION -> List.of(b, a, c);
                  case CREATED_AT_DESC -> List.of(c, a, b);
                  case NAME_ASC -> List.of(a, b, c);
                  case NAME_DESC -> List.of(c, b, a);
                  case DESCRIPTION_ASC -> List.of(b, a, c);
                  case DESCRIPTION_DESC -> List.of(c, a, b);
                  case STATUS_ASC -> List.of(b, a, c);
                  case STATUS_DESC -> List.of(c, a, b);
                }));
  }

  @Test
  void comparesDescriptionsByHowTheyBegin() {
    ProjectId project = aProject();
    String end = UUID.randomUUID().toString().substring(0, 8);
    String same = "🚢".repeat(NamespaceOrder.DESCRIPTION_CHARACTERS);
    String differs = "🚢".repeat(NamespaceOrder.DESCRIPTION_CHARACTERS - 1);
    Namespace a = named("a-" + end, same + "a", project, START);
    Namespace b = named("b-" + end, same + "b", project, START);
    Namespace c = named("c-" + end, differs + "c", project, START);

    List<NamespaceName> names = namesOf(list(filter(project), NamespaceOrder.DESCRIPTION_ASC));

    boolean aFirst = a.id().toString().compareTo(b.id().toString()) < 0;
    assertThat(names).isEqualTo(namesOf(aFirst ? List.of(c, a, b) : List.of(c, b, a)));
  }

  @Test
  void countsEachInTheTotalUntilItIsRemoved() {
    ProjectId project = aProject();
    Namespace kept = catalogue().addNamespace(project);
    Namespace removed = delete(catalogue().addNamespace(project));
    assertThat(list(filter(project), NamespaceOrder.NAME_ASC).totalCount()).isEqualTo(2);

    catalogue()
        .run(
            () -> {
              namespaces().remove(removed.id());
              namespaces().remove(removed.id());
            });

    Page<Namespace> page = list(filter(project), NamespaceOrder.NAME_ASC);
    assertThat(page.totalCount()).isEqualTo(1);
    assertThat(namesOf(page)).containsExactly(kept.name());
  }

  private Namespace named(String name, String description, ProjectId project, Instant at) {
    return catalogue()
        .add(aNamespace(project, new NamespaceName(name), at).describe(description, at));
  }
}
