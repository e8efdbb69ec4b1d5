package io.gantry.application.repository;

import io.gantry.application.access.ReadableProjects;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.Principal.Anonymous;
import io.gantry.domain.access.Principal.KeyHolder;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.pull.PullQueries;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lists the repositories a caller may pull from, for what clients call the catalog: those of the
 * projects the key may read, and the public ones of everybody.
 */
public final class ListRepositories {
  private final AccessPolicy access;
  private final ReadableProjects readableProjects;
  private final PullQueries pulls;
  private final UnitOfWork unitOfWork;

  public ListRepositories(
      AccessPolicy access,
      ReadableProjects readableProjects,
      PullQueries pulls,
      UnitOfWork unitOfWork) {
    this.access = access;
    this.readableProjects = readableProjects;
    this.pulls = pulls;
    this.unitOfWork = unitOfWork;
  }

  /**
   * Part of a list.
   *
   * @param more whether others follow after the last one here
   */
  public record Slice(List<RepositoryPath> repositories, boolean more) {
    public Slice {
      repositories = List.copyOf(repositories);
    }
  }

  /** Up to {@code limit} repositories, those after {@code last} (exclusive) if given. */
  public Slice handle(Caller caller, Region region, Optional<String> last, int limit) {
    access.requireCatalog(caller);
    if (limit == 0) return new Slice(List.of(), false);
    Set<ProjectId> projects = projectsOf(caller);
    List<RepositoryPath> found =
        unitOfWork.withoutTransaction(() -> pulls.repositories(region, projects, last, limit + 1));
    return found.size() > limit
        ? new Slice(found.subList(0, limit), true)
        : new Slice(found, false);
  }

  private Set<ProjectId> projectsOf(Caller caller) {
    return switch (caller.principal()) {
      case Anonymous _ -> Set.of();
      case KeyHolder _ ->
          unitOfWork.inTransaction(
              () -> readableProjects.of(caller, Optional.empty(), Optional.empty()));
    };
  }
}
