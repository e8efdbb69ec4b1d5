package io.gantry.application.project;

import io.gantry.application.access.NameFilter;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.identity.ProjectDetails;
import io.gantry.domain.identity.ProjectRepository;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import java.util.Optional;
import java.util.Set;

/** Lists the projects of the caller's organization that the caller may see. */
public final class ListProjects {
  private final AccessPolicy access;
  private final ProjectRepository projects;
  private final UnitOfWork unitOfWork;

  public ListProjects(AccessPolicy access, ProjectRepository projects, UnitOfWork unitOfWork) {
    this.access = access;
    this.projects = projects;
    this.unitOfWork = unitOfWork;
  }

  /**
   * What to list; filters that match nothing give an empty list.
   *
   * @param ids all if empty
   */
  public record Query(
      Optional<OrganizationId> organization,
      NameFilter name,
      Set<ProjectId> ids,
      ProjectOrder order,
      PageRequest page) {}

  public Page<ProjectDetails> handle(Caller caller, Query query) {
    OrganizationId own = access.requireKey(caller).key().organization();
    if (!query.organization().orElse(own).equals(own)) return Page.empty();
    return unitOfWork.inTransaction(
        () ->
            Page.of(
                projects.ofOrganization(own).stream()
                    .filter(
                        project ->
                            access.permits(caller, Action.READ, ProjectAccess.resource(project)))
                    .filter(project -> query.name().matches(project.label().name()))
                    .filter(project -> query.ids().isEmpty() || query.ids().contains(project.id()))
                    .sorted(query.order().comparator())
                    .toList(),
                query.page()));
  }
}
