package io.gantry.application.image;

import io.gantry.application.Instants;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.error.RegistryError.TransientState;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.Image;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.ImageRepository;
import io.gantry.domain.image.Visibility;
import io.gantry.domain.namespace.Region;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Changes who may pull an image. */
public final class UpdateImage {
  private final AccessPolicy access;
  private final ImageRepository images;
  private final UnitOfWork unitOfWork;
  private final Clock clock;

  public UpdateImage(
      AccessPolicy access, ImageRepository images, UnitOfWork unitOfWork, Clock clock) {
    this.access = access;
    this.images = images;
    this.unitOfWork = unitOfWork;
    this.clock = clock;
  }

  /** The change; what is not present stays as it is. */
  public record Command(Region region, ImageId id, Optional<Visibility> visibility) {}

  /**
   * Returns the image as it is now; its update time moves if anything is present, even without a
   * difference.
   *
   * @throws RegistryException {@code TransientState} while it is being deleted
   */
  public Image handle(Caller caller, Command command) {
    Instant now = Instants.now(clock);
    return unitOfWork.inTransaction(
        () -> {
          Image image =
              ImageAccess.require(
                  access,
                  caller,
                  Action.WRITE,
                  command.id(),
                  images.findLocked(command.region(), command.id()));
          if (!image.isReady()) throw deleting(image);
          if (command.visibility().isEmpty()) return image;
          Image changed = image.withVisibility(command.visibility().get(), now);
          images.update(changed);
          return changed;
        });
  }

  private static RegistryException deleting(Image image) {
    return new RegistryException(
        new TransientState(ResourceType.IMAGE, image.id().toString(), "deleting"));
  }
}
