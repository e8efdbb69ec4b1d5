package io.gantry.domain.tag;

import io.gantry.domain.error.Uuids;
import java.util.UUID;

/** Identifies a tag; kept when the tag is pushed again. */
public record TagId(UUID value) {
  /** Reads the canonical form; an {@code InvalidArgument} on {@code tag_id} if it is not one. */
  public static TagId parse(String text) {
    return new TagId(Uuids.parse("tag_id", text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
