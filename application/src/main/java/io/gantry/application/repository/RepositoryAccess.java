package io.gantry.application.repository;

import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.Resource;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.ImageRepository;
import io.gantry.domain.image.Repository;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.pull.Found;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds a repository for a caller who may do something with it; the only way of the data plane to
 * one. A repository that is absent and one that is hidden give the same answer. Called in the
 * transaction of the use case.
 */
public final class RepositoryAccess {
  private final ImageRepository images;
  private final AccessPolicy access;
  private final KnownRepositories known = new KnownRepositories();

  public RepositoryAccess(ImageRepository images, AccessPolicy access) {
    this.images = images;
    this.access = access;
  }

  /** The usable namespace of a path, whether or not the image in it is there yet. */
  public Repository require(Caller caller, Action action, Region region, RepositoryPath path) {
    Repository repository =
        images
            .resolve(region, path)
            .orElseThrow(() -> access.absent(caller, ResourceType.REPOSITORY, path.toString()));
    access.require(caller, action, resource(repository));
    if (repository.image().isPresent()) known.remember(region, repository);
    return repository;
  }

  /**
   * As {@link #require} for pulling, of what was found in one step.
   *
   * @param found empty if there is no usable namespace
   */
  public <T> Found<T> requireFound(Caller caller, RepositoryPath path, Optional<Found<T>> found) {
    Found<T> there =
        found.orElseThrow(() -> access.absent(caller, ResourceType.REPOSITORY, path.toString()));
    access.require(caller, Action.PULL, resource(there.repository()));
    return there;
  }

  /** As {@link #requireFound}, but {@code NotFound} if only the namespace is there. */
  public <T> Found<T> requireImageFound(
      Caller caller, RepositoryPath path, Optional<Found<T>> found) {
    Found<T> there = requireFound(caller, path, found);
    var _ = imageOf(caller, there.repository());
    return there;
  }

  /**
   * The image that the path led to when it was last asked for, if this caller may push to it. Whose
   * an image is never changes, so that much is certain; whether it is still there, and usable, is
   * not, and is for whoever uses the answer to find out in the same statement.
   */
  public Optional<ImageId> remembered(Caller caller, Region region, RepositoryPath path) {
    return known
        .find(region, path)
        .filter(repository -> permits(caller, Action.PUSH, repository))
        .flatMap(Repository::image)
        .map(Repository.Held::id);
  }

  /** Says that what {@link #remembered} answered for this path was found to be over. */
  public void forget(Region region, RepositoryPath path) {
    known.forget(region, path);
  }

  /** As {@link #require}, but {@code NotFound} if only the namespace is there. */
  public ImageId requireImage(Caller caller, Action action, Region region, RepositoryPath path) {
    return imageOf(caller, require(caller, action, region, path));
  }

  /** The image of a repository that the caller was allowed to; {@code NotFound} if it has none. */
  public ImageId imageOf(Caller caller, Repository repository) {
    return repository
        .image()
        .orElseThrow(
            () -> access.absent(caller, ResourceType.REPOSITORY, repository.path().toString()))
        .id();
  }

  /** Whether the caller may do this to a repository that was found before. */
  public boolean permits(Caller caller, Action action, Repository repository) {
    return access.permits(caller, action, resource(repository));
  }

  /** The repository, if it is there and the caller may; for requests where either is no error. */
  public Optional<Repository> find(
      Caller caller, Action action, Region region, RepositoryPath path) {
    return images
        .resolve(region, path)
        .filter(repository -> access.permits(caller, action, resource(repository)));
  }

  /** Which of these actions the caller may do; none if the repository is not there. */
  public Set<Action> permitted(
      Caller caller, Set<Action> actions, Region region, RepositoryPath path) {
    return images
        .resolve(region, path)
        .map(
            repository ->
                actions.stream()
                    .filter(action -> permits(caller, action, repository))
                    .collect(Collectors.toUnmodifiableSet()))
        .orElse(Set.of());
  }

  private static Resource resource(Repository repository) {
    return new Resource(
        ResourceType.REPOSITORY,
        repository.path().toString(),
        repository.project(),
        repository.isPublic());
  }
}
