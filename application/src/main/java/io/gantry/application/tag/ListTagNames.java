package io.gantry.application.tag;

import io.gantry.application.repository.RepositoryAccess;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Caller;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.pull.Found;
import io.gantry.domain.pull.PullQueries;
import io.gantry.domain.tag.TagName;
import java.util.List;
import java.util.Optional;

/** Lists tag names in bytewise order, OCI Distribution "Listing Tags". */
public final class ListTagNames {
  private final RepositoryAccess repositories;
  private final PullQueries pulls;
  private final UnitOfWork unitOfWork;

  public ListTagNames(RepositoryAccess repositories, PullQueries pulls, UnitOfWork unitOfWork) {
    this.repositories = repositories;
    this.pulls = pulls;
    this.unitOfWork = unitOfWork;
  }

  /**
   * Part of a list.
   *
   * @param more whether names follow after the last one here
   */
  public record Slice(List<TagName> names, boolean more) {
    public Slice {
      names = List.copyOf(names);
    }
  }

  /** Up to {@code limit} names, those after {@code last} (exclusive) if given. */
  public Slice handle(
      Caller caller, Region region, RepositoryPath path, Optional<String> last, int limit) {
    int wanted = limit == 0 ? 0 : limit + 1;
    Optional<Found<List<TagName>>> found =
        unitOfWork.withoutTransaction(() -> pulls.tagNames(region, path, last, wanted));
    List<TagName> names =
        repositories.requireImageFound(caller, path, found).content().orElse(List.of());
    return names.size() > limit
        ? new Slice(names.subList(0, limit), true)
        : new Slice(names, false);
  }
}
