package io.gantry.rest.tag;

import io.gantry.domain.tag.Tag;
import io.gantry.rest.Timestamps;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** A tag on the wire; the keys' order is that of the contract. */
@RegisterForReflection
record TagBody(
    String id,
    String name,
    String imageId,
    String status,
    String digest,
    String createdAt,
    String updatedAt) {

  /** A tag that is there, and so usable. */
  static TagBody from(Tag tag) {
    return from(tag, "ready");
  }

  /** A tag that has just been deleted. */
  static TagBody deleted(Tag tag) {
    return from(tag, "deleting");
  }

  private static TagBody from(Tag tag, String status) {
    return new TagBody(
        tag.id().toString(),
        tag.name().value(),
        tag.image().toString(),
        status,
        tag.digest().toString(),
        Timestamps.write(tag.createdAt()),
        Timestamps.write(tag.updatedAt()));
  }
}
