package io.gantry.application.image;

import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.Resource;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.Image;
import io.gantry.domain.image.ImageId;
import java.util.Optional;

/** What is absent and what is hidden give the same answer. */
public final class ImageAccess {
  private ImageAccess() {}

  /** What was found under this id, if the caller may do this to it. */
  public static Image require(
      AccessPolicy access, Caller caller, Action action, ImageId id, Optional<Image> found) {
    return require(access, caller, action, ResourceType.IMAGE, id.toString(), found);
  }

  /** The image of something the caller named by this id, if they may do this to that. */
  public static Image require(
      AccessPolicy access,
      Caller caller,
      Action action,
      ResourceType type,
      String id,
      Optional<Image> found) {
    Image image = found.orElseThrow(() -> access.absent(caller, type, id));
    // Being public opens an image to pulls only, which are not asked about here.
    access.require(caller, action, new Resource(type, id, image.project(), false));
    return image;
  }
}
