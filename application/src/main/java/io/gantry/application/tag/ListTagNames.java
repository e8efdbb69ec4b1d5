package io.gantry.application.tag;

import io.gantry.application.repository.RepositoryAccess;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.tag.TagName;
import io.gantry.domain.tag.TagRepository;
import java.util.List;
import java.util.Optional;

/** Lists tag names in bytewise order, OCI Distribution "Listing Tags". */
public final class ListTagNames {
  private final RepositoryAccess repositories;
  private final TagRepository tags;
  private final UnitOfWork unitOfWork;

  public ListTagNames(RepositoryAccess repositories, TagRepository tags, UnitOfWork unitOfWork) {
    this.repositories = repositories;
    this.tags = tags;
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
    List<TagName> names =
        unitOfWork.inTransaction(
            () -> {
              ImageId image = repositories.requireImage(caller, Action.PULL, region, path);
              return limit == 0 ? List.of() : tags.names(image, last, limit + 1);
            });
    return names.size() > limit
        ? new Slice(names.subList(0, limit), true)
        : new Slice(names, false);
  }
}
