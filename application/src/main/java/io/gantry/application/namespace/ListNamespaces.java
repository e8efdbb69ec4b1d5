package io.gantry.application.namespace;

import io.gantry.application.access.NameFilter;
import io.gantry.application.access.ReadableProjects;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.NamespaceFilter;
import io.gantry.domain.namespace.NamespaceName;
import io.gantry.domain.namespace.NamespaceOrder;
import io.gantry.domain.namespace.NamespaceRepository;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import java.util.Optional;
import java.util.Set;

/** Lists the namespaces the caller may read, those being deleted among them. */
public final class ListNamespaces {
  private final ReadableProjects readable;
  private final NamespaceRepository namespaces;
  private final UnitOfWork unitOfWork;

  public ListNamespaces(
      ReadableProjects readable, NamespaceRepository namespaces, UnitOfWork unitOfWork) {
    this.readable = readable;
    this.namespaces = namespaces;
    this.unitOfWork = unitOfWork;
  }

  /** What to list; filters that match nothing give an empty list. */
  public record Query(
      Region region,
      Optional<OrganizationId> organization,
      Optional<ProjectId> project,
      NameFilter name,
      NamespaceOrder order,
      PageRequest page) {}

  public Page<Namespace> handle(Caller caller, Query query) {
    return unitOfWork.withoutTransaction(
        () -> {
          Set<ProjectId> projects = readable.of(caller, query.project(), query.organization());
          if (projects.isEmpty() || !query.name().isPossible(NamespaceName::new)) {
            return Page.empty();
          }
          return namespaces.list(
              new NamespaceFilter(query.region(), projects, query.name().name(NamespaceName::new)),
              query.order(),
              query.page());
        });
  }
}
