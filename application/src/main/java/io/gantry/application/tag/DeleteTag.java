package io.gantry.application.tag;

import io.gantry.application.Instants;
import io.gantry.application.image.ImageAccess;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.error.RegistryError.PreconditionFailed;
import io.gantry.domain.error.RegistryError.PreconditionFailed.Rule;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.Image;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.ImageRepository;
import io.gantry.domain.manifest.Reachability;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.tag.Tag;
import io.gantry.domain.tag.TagId;
import io.gantry.domain.tag.TagRepository;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Removes one tag from its image at once; the manifest it points at stays. */
public final class DeleteTag {
  private final AccessPolicy access;
  private final ImageRepository images;
  private final TagRepository tags;
  private final Reachability reachability;
  private final UnitOfWork unitOfWork;
  private final Clock clock;

  public DeleteTag(
      AccessPolicy access,
      ImageRepository images,
      TagRepository tags,
      Reachability reachability,
      UnitOfWork unitOfWork,
      Clock clock) {
    this.access = access;
    this.images = images;
    this.tags = tags;
    this.reachability = reachability;
    this.unitOfWork = unitOfWork;
    this.clock = clock;
  }

  /** What to do about other tags of the image that point at the same manifest. */
  public enum Siblings {
    /** Refuse if there are any. */
    REFUSE,
    /** Leave them where they are. */
    KEEP
  }

  /**
   * Returns the tag as it was, updated now.
   *
   * @throws RegistryException {@code PreconditionFailed} if there are siblings and they are refused
   */
  public Tag handle(Caller caller, Region region, TagId id, Siblings siblings) {
    Instant now = Instants.now(clock);
    // In a transaction of its own: the image of a tag never changes, and what is read again under
    // the image's lock must not come from before it.
    ImageId image = unitOfWork.inTransaction(() -> requireImage(caller, region, id));
    return unitOfWork.inTransaction(
        () -> {
          Tag tag = lock(caller, region, id, image);
          if (siblings == Siblings.REFUSE) refuseSiblings(tag);
          tags.remove(image, tag.name());
          images.touch(image, reachability.settle(image, Set.of(tag.digest())), now);
          return new Tag(id, image, tag.name(), tag.digest(), tag.createdAt(), now);
        });
  }

  private ImageId requireImage(Caller caller, Region region, TagId id) {
    Optional<Image> image =
        tags.find(region, id).flatMap(found -> images.find(region, found.image()));
    return ImageAccess.require(access, caller, Action.WRITE, ResourceType.TAG, id.toString(), image)
        .id();
  }

  /** The tag as it is once nobody else changes it. */
  private Tag lock(Caller caller, Region region, TagId id, ImageId image) {
    Optional<Tag> tag = images.lockForPush(image) ? tags.find(region, id) : Optional.empty();
    return tag.orElseThrow(() -> access.absent(caller, ResourceType.TAG, id.toString()));
  }

  private void refuseSiblings(Tag tag) {
    if (tags.countTo(tag.image(), tag.digest()) > 1) {
      throw new RegistryException(
          new PreconditionFailed(
              ResourceType.TAG,
              Rule.RESOURCE_STILL_IN_USE,
              "other tags of the image have the same digest; use force=true to delete only this one"));
    }
  }
}
