package io.gantry.domain.tag;

import io.gantry.domain.image.ImageId;
import io.gantry.domain.manifest.Descriptor;
import io.gantry.domain.manifest.Manifest;
import java.time.Instant;

/**
 * A push, by a tag, of a manifest that leads to no other manifest.
 *
 * @param image where to
 * @param manifest {@link #isSimple}
 * @param tag what points at it from then on
 * @param id the tag's, if it is new
 * @param pushedAt the time of whatever the push changes
 */
public record SimplePush(
    ImageId image, Manifest manifest, TagName tag, TagId id, Instant pushedAt) {
  /** Enough for an image of hundreds of layers; few enough to hold those of many requests. */
  private static final int MOST_BYTES = 64 * 1024;

  public SimplePush {
    if (!isSimple(manifest)) throw new IllegalArgumentException("leads to other manifests");
  }

  /**
   * Whether all that it lists are blobs which the image must have, so that it can be looked at
   * without any other manifest; and it is not too long for a group.
   */
  public static boolean isSimple(Manifest manifest) {
    return manifest.children().isEmpty()
        && manifest.subject().isEmpty()
        && manifest.bytes().size() <= MOST_BYTES
        && manifest.layers().stream().noneMatch(Descriptor::foreign)
        && manifest.config().stream().noneMatch(Descriptor::foreign);
  }
}
