package io.gantry.persistence.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.Catalogue;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.image.ImageFilter;
import io.gantry.domain.image.ImageName;
import io.gantry.domain.image.ImageOrder;
import io.gantry.domain.namespace.NamespaceFilter;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.NamespaceOrder;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import io.gantry.persistence.Statements;
import io.gantry.persistence.image.ImageLists;
import io.gantry.persistence.namespace.NamespaceLists;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.Session;

/** Compares lists with a sort of all their rows; most pages are looked for, as if they were far. */
@Singleton
final class ListCheck {
  private static final int NEAR = 3;
  private static final int SIZE = 5;
  private static final String ONE_SNAPSHOT = "set transaction isolation level repeatable read";

  private final Session session;
  private final Statements statements;
  private final UnitOfWork unitOfWork;

  ListCheck(Session session, Statements statements, UnitOfWork unitOfWork) {
    this.session = session;
    this.statements = statements;
    this.unitOfWork = unitOfWork;
  }

  /** Fails if any page of any order is not what a sort gives, one page after the last included. */
  void allPages(Set<ProjectId> projects) {
    unitOfWork.run(
        () -> {
          for (NamespaceOrder order : NamespaceOrder.values()) namespaces(projects, order);
          Optional<NamespaceId> fullest = fullest(projects);
          for (ImageOrder order : ImageOrder.values()) {
            images(filter(projects, Optional.empty(), Optional.empty()), order);
            if (fullest.isPresent()) images(filter(projects, fullest, Optional.empty()), order);
          }
        });
    for (String name : List.of("ap", "app", "nothing")) allPages(projects, new ImageName(name));
  }

  /** The same for the images of a name, in whatever namespace. */
  void allPages(Set<ProjectId> projects, ImageName name) {
    unitOfWork.run(
        () -> {
          for (ImageOrder order : ImageOrder.values()) {
            images(filter(projects, Optional.empty(), Optional.of(name)), order);
          }
        });
  }

  /**
   * Fails if a page has more or fewer images than follow from the total that it says. Past the end
   * another statement reads the total, which may have grown by then; so such a page is asked for
   * again, in a transaction that has one snapshot.
   */
  void oneSnapshot(
      Set<ProjectId> projects, Optional<ImageName> name, ImageOrder order, int number) {
    ImageFilter filter = filter(projects, Optional.empty(), name);
    var request = new PageRequest(number, SIZE);
    Page<UUID> page = unitOfWork.inTransaction(() -> imagePage(filter, order, request));
    if (page.items().isEmpty()) {
      page =
          unitOfWork.inTransaction(
              () -> {
                var _ = session.createNativeMutationQuery(ONE_SNAPSHOT).executeUpdate();
                return imagePage(filter, order, request);
              });
    }
    long left = page.totalCount() - (number - 1L) * SIZE;
    assertThat(page.items()).doesNotHaveDuplicates().hasSize(Math.clamp(left, 0, SIZE));
  }

  private void namespaces(Set<ProjectId> projects, NamespaceOrder order) {
    String keys =
        switch (order) {
          case CREATED_AT_ASC, REGION -> "created_at, id";
          case CREATED_AT_DESC -> "created_at desc, id desc";
          case NAME_ASC -> "name, id";
          case NAME_DESC -> "name desc, id desc";
          case DESCRIPTION_ASC -> "description collate \"C\", id";
          case DESCRIPTION_DESC -> "description collate \"C\" desc, id desc";
          case STATUS_ASC -> "status collate \"C\", created_at, id";
          case STATUS_DESC -> "status collate \"C\" desc, created_at desc, id desc";
        };
    var filter = new NamespaceFilter(Catalogue.REGION, projects, Optional.empty());
    check(
        "namespaces by " + order,
        sorted("namespace where true", projects, keys),
        page ->
            NamespaceLists.list(statements, NEAR, filter, order, page)
                .map(one -> one.id().value()));
  }

  private void images(ImageFilter filter, ImageOrder order) {
    String keys =
        switch (order) {
          case CREATED_AT_ASC, REGION -> "created_at, id";
          case CREATED_AT_DESC -> "created_at desc, id desc";
          case NAME_ASC -> "name, created_at, id";
          case NAME_DESC -> "name desc, created_at desc, id desc";
          case STATUS_ASC -> "status, created_at, id";
          case STATUS_DESC -> "status desc, created_at desc, id desc";
        };
    String rows =
        "image where published"
            + filter.namespace().map(id -> " and namespace_id = '" + id.value() + "'").orElse("")
            + filter.name().map(name -> " and name = '" + name.value() + "'").orElse("");
    check(
        rows + " by " + order,
        sorted(rows, filter.projects(), keys),
        page -> imagePage(filter, order, page));
  }

  /** The namespace with most images; its lists have no landmarks. */
  private Optional<NamespaceId> fullest(Set<ProjectId> projects) {
    return session
        .createNativeQuery(
            """
            select namespace_id from image where published and project_id = any(:projects)
            group by namespace_id order by count(*) desc limit 1
            """,
            UUID.class)
        .setParameter("projects", projects.stream().map(ProjectId::value).toArray(UUID[]::new))
        .uniqueResultOptional()
        .map(NamespaceId::new);
  }

  private static ImageFilter filter(
      Set<ProjectId> projects, Optional<NamespaceId> namespace, Optional<ImageName> name) {
    return new ImageFilter(Catalogue.REGION, projects, namespace, name);
  }

  private Page<UUID> imagePage(ImageFilter filter, ImageOrder order, PageRequest page) {
    return ImageLists.list(statements, NEAR, filter, order, page).map(one -> one.id().value());
  }

  private List<UUID> sorted(String rows, Set<ProjectId> projects, String keys) {
    return session
        .createNativeQuery(
            "select id from " + rows + " and project_id = any(:projects) order by " + keys,
            UUID.class)
        .setParameter("projects", projects.stream().map(ProjectId::value).toArray(UUID[]::new))
        .getResultList();
  }

  private static void check(String what, List<UUID> all, Function<PageRequest, Page<UUID>> list) {
    for (int number = 1; number <= all.size() / SIZE + 2; number++) {
      var request = new PageRequest(number, SIZE);
      assertThat(list.apply(request))
          .as("page %d of %s", number, what)
          .isEqualTo(Page.of(all, request));
    }
  }
}
