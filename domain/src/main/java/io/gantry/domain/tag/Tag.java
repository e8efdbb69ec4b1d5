package io.gantry.domain.tag;

import io.gantry.domain.blob.Digest;
import io.gantry.domain.image.ImageId;
import java.time.Instant;

/**
 * A name in one image that points at one manifest, by the digest form it was pushed with.
 *
 * @param id kept when the tag is pushed again
 * @param updatedAt the last push
 */
public record Tag(
    TagId id, ImageId image, TagName name, Digest digest, Instant createdAt, Instant updatedAt) {}
