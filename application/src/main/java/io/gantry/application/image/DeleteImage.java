package io.gantry.application.image;

import io.gantry.application.Instants;
import io.gantry.application.reclaim.Purger;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.image.Image;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.ImageRepository;
import io.gantry.domain.namespace.Region;
import java.time.Clock;
import java.time.Instant;

/**
 * Deletes an image with all its tags and manifests. It is unusable when this returns; the removal
 * itself goes on in the background.
 */
public final class DeleteImage {
  private final AccessPolicy access;
  private final ImageRepository images;
  private final UnitOfWork unitOfWork;
  private final Clock clock;
  private final Purger purger;

  public DeleteImage(
      AccessPolicy access,
      ImageRepository images,
      UnitOfWork unitOfWork,
      Clock clock,
      Purger purger) {
    this.access = access;
    this.images = images;
    this.unitOfWork = unitOfWork;
    this.clock = clock;
    this.purger = purger;
  }

  /** Returns the image in its last status; again with a later update time if repeated. */
  public Image handle(Caller caller, Region region, ImageId id) {
    Instant now = Instants.now(clock);
    Image deleted =
        unitOfWork.inTransaction(
            () -> {
              Image image =
                  ImageAccess.require(
                          access, caller, Action.WRITE, id, images.findLocked(region, id))
                      .delete(now);
              images.update(image);
              return image;
            });
    purger.wake();
    return deleted;
  }
}
