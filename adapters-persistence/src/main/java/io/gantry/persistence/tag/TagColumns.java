package io.gantry.persistence.tag;

import io.gantry.domain.blob.Digest;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.tag.Tag;
import io.gantry.domain.tag.TagId;
import io.gantry.domain.tag.TagName;
import io.gantry.persistence.Row;
import java.time.Instant;
import java.util.UUID;

/**
 * A tag as it was read. Not the entity, which the session would hand out again unchanged after a
 * statement has moved the tag.
 */
record TagColumns(
    UUID id, UUID image, String name, String digest, Instant createdAt, Instant updatedAt) {

  static TagColumns of(Row row) {
    return new TagColumns(
        row.get("id", UUID.class),
        row.get("image_id", UUID.class),
        row.get("name", String.class),
        row.get("digest", String.class),
        row.get("created_at", Instant.class),
        row.get("updated_at", Instant.class));
  }

  Tag toDomain() {
    return new Tag(
        new TagId(id),
        new ImageId(image),
        new TagName(name),
        Digest.parse(digest),
        createdAt,
        updatedAt);
  }
}
