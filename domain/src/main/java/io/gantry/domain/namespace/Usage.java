package io.gantry.domain.namespace;

import io.gantry.domain.blob.ByteSize;

/**
 * What a namespace holds.
 *
 * @param size sum of the sizes of its images, in bytes
 * @param imageCount images that have had a manifest pushed
 */
public record Usage(ByteSize size, long imageCount) {
  public static final Usage NOTHING = new Usage(ByteSize.ZERO, 0);
}
