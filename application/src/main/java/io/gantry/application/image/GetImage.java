package io.gantry.application.image;

import io.gantry.application.group.Pending;
import io.gantry.application.group.ReadById;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.image.Image;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.ImageRepository;
import io.gantry.domain.namespace.Region;

/** Reads one image, also while it is being deleted. */
public final class GetImage {
  private final AccessPolicy access;
  private final ReadById<ImageId, Image> images;

  public GetImage(AccessPolicy access, ImageRepository images, UnitOfWork unitOfWork) {
    this.access = access;
    this.images = new ReadById<>(images::findAll, unitOfWork);
  }

  public Image handle(Caller caller, Region region, ImageId id) {
    return ask(caller, region, id).get();
  }

  /** Asks for it; whoever asks has to get it as well. */
  public Pending<Image> ask(Caller caller, Region region, ImageId id) {
    return images
        .ask(region, id)
        .map(found -> ImageAccess.require(access, caller, Action.READ, id, found));
  }
}
