package io.gantry.domain.image;

import io.gantry.domain.error.Uuids;
import java.util.UUID;

/** Identifies an image. */
public record ImageId(UUID value) {
  /** Reads the canonical form; an {@code InvalidArgument} on {@code image_id} if it is not one. */
  public static ImageId parse(String text) {
    return new ImageId(Uuids.parse("image_id", text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
