package io.gantry.application.manifest;

import io.gantry.application.Instants;
import io.gantry.application.repository.RepositoryAccess;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.error.RegistryError.PreconditionFailed;
import io.gantry.domain.error.RegistryError.PreconditionFailed.Rule;
import io.gantry.domain.error.RegistryError.ReferencedContentMissing;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.ImageRepository;
import io.gantry.domain.image.Repository;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.manifest.ManifestRepository;
import io.gantry.domain.manifest.Reachability;
import io.gantry.domain.manifest.Sparse;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.tag.SimplePush;
import io.gantry.domain.tag.Tag;
import io.gantry.domain.tag.TagCondition;
import io.gantry.domain.tag.TagId;
import io.gantry.domain.tag.TagName;
import io.gantry.domain.tag.TagRepository;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Keeps a manifest and points a tag at it, OCI Distribution "Pushing manifests". Sizes, counts and
 * times of image and namespace change in the same transaction, so the next list shows the push.
 */
public final class PutManifest {
  private final RepositoryAccess repositories;
  private final ImageRepository images;
  private final ManifestRepository manifests;
  private final TagRepository tags;
  private final Reachability reachability;
  private final QuickPush quick;
  private final Sparse accepted;
  private final UnitOfWork unitOfWork;
  private final Clock clock;

  public PutManifest(
      RepositoryAccess repositories,
      ImageRepository images,
      ManifestRepository manifests,
      TagRepository tags,
      Reachability reachability,
      QuickPush quick,
      Sparse accepted,
      UnitOfWork unitOfWork,
      Clock clock) {
    this.repositories = repositories;
    this.images = images;
    this.manifests = manifests;
    this.tags = tags;
    this.reachability = reachability;
    this.quick = quick;
    this.accepted = accepted;
    this.unitOfWork = unitOfWork;
    this.clock = clock;
  }

  /**
   * Throws unless the caller may push there, as far as is known without asking again; to be asked
   * before a body is read, and not in place of what {@link #handle} asks.
   */
  public void authorize(Caller caller, Region region, RepositoryPath path) {
    if (repositories.remembered(caller, region, path).isPresent()) return;
    var _ =
        unitOfWork.withoutTransaction(
            () -> repositories.require(caller, Action.PUSH, region, path));
  }

  /**
   * Returns when manifest and tags are durable, all at once.
   *
   * @param tags what to point at it: one if it was pushed by tag, any number if by digest
   */
  public void handle(
      Caller caller, Region region, RepositoryPath path, Manifest manifest, Set<TagName> tags) {
    handle(caller, region, path, manifest, tags, new TagCondition.None());
  }

  /**
   * As above, if each of the tags is as {@code condition} says; nobody else moves them in between.
   *
   * @throws RegistryException {@code PreconditionFailed} if one is not; nothing is kept then
   */
  public void handle(
      Caller caller,
      Region region,
      RepositoryPath path,
      Manifest manifest,
      Set<TagName> tags,
      TagCondition condition) {
    Instant now = Instants.now(clock);
    if (condition instanceof TagCondition.None
        && tags.size() == 1
        && putQuickly(caller, region, path, manifest, tags.iterator().next(), now)) {
      return;
    }
    Supplier<Repository> repository = () -> repositories.require(caller, Action.PUSH, region, path);
    try {
      unitOfWork.run(() -> putWhole(repository.get(), manifest, tags, condition, now));
    } catch (RegistryException e) {
      if (!(accepted.images() && e.error() instanceof ReferencedContentMissing)) throw e;
      unitOfWork.run(() -> putSparse(repository.get(), manifest, tags, condition, now));
    }
  }

  /** False if the ordinary way has to find out what can be done. */
  private boolean putQuickly(
      Caller caller,
      Region region,
      RepositoryPath path,
      Manifest manifest,
      TagName tag,
      Instant now) {
    if (!SimplePush.isSimple(manifest)) return false;
    Optional<ImageId> image = repositories.remembered(caller, region, path);
    if (image.isEmpty()) return false;
    if (quick.put(new SimplePush(image.get(), manifest, tag, newTag(), now))) return true;
    repositories.forget(region, path);
    return false;
  }

  private static TagId newTag() {
    return new TagId(UUID.randomUUID());
  }

  /** How nearly all other pushes go: blobs can be linked to the image meanwhile. */
  private void putWhole(
      Repository repository,
      Manifest manifest,
      Set<TagName> names,
      TagCondition condition,
      Instant now) {
    ImageId image = imageOf(repository, now);
    requireLocked(images.lockForPush(image), repository);
    put(image, manifest, accepted.withoutImages(), names, condition, now);
  }

  /** What the image does not have may have come since the first attempt. */
  private void putSparse(
      Repository repository,
      Manifest manifest,
      Set<TagName> names,
      TagCondition condition,
      Instant now) {
    ImageId image = imageOf(repository, now);
    requireLocked(images.lockForSparsePush(image), repository);
    put(image, manifest, accepted, names, condition, now);
  }

  private ImageId imageOf(Repository repository, Instant now) {
    return repository
        .image()
        .map(Repository.Held::id)
        .orElseGet(() -> images.findOrAdd(repository.namespace(), repository.path().image(), now));
  }

  private static void requireLocked(boolean locked, Repository repository) {
    if (!locked) throw RegistryException.notFound(ResourceType.REPOSITORY, repository.path());
  }

  private void put(
      ImageId image,
      Manifest manifest,
      Sparse accepted,
      Set<TagName> names,
      TagCondition condition,
      Instant now) {
    for (TagName name : names) requireCondition(condition, image, name, manifest.digest());
    Set<Digest> changed = new HashSet<>();
    if (manifests.add(image, manifest, accepted, now)) changed.add(manifest.digest());
    for (TagName name : names) {
      Optional<Digest> before = tags.put(image, name, manifest.digest(), newTag(), now);
      if (!before.equals(Optional.of(manifest.digest()))) {
        changed.add(manifest.digest());
        before.ifPresent(changed::add);
      }
    }
    long sizeChange = changed.isEmpty() ? 0 : reachability.settle(image, changed);
    images.touch(image, sizeChange, now);
  }

  /** Under the image's lock, and read by a statement that began after it was taken. */
  private void requireCondition(
      TagCondition condition, ImageId image, TagName name, Digest target) {
    if (condition instanceof TagCondition.None) return;
    Optional<Digest> current = tags.findByName(image, name).map(Tag::digest);
    if (condition.allows(current, target)) return;
    throw new RegistryException(
        new PreconditionFailed(
            ResourceType.TAG,
            Rule.RESOURCE_CHANGED,
            "tag "
                + name
                + current.map(digest -> " points at " + digest).orElse(" is not there")
                + "; read it again before moving it"));
  }
}
