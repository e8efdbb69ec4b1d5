package io.gantry.grpc.tag;

import static io.gantry.grpc.call.Arguments.timestamp;

import io.gantry.domain.tag.Tag;
import io.gantry.proto.registry.v1.Tag.Status;

/** A tag on the wire. */
final class TagMessage {
  private TagMessage() {}

  /** A tag that is there, and so usable. */
  static io.gantry.proto.registry.v1.Tag from(Tag tag) {
    return from(tag, Status.STATUS_READY);
  }

  /** A tag that has just been deleted. */
  static io.gantry.proto.registry.v1.Tag deleted(Tag tag) {
    return from(tag, Status.STATUS_DELETING);
  }

  private static io.gantry.proto.registry.v1.Tag from(Tag tag, Status status) {
    return io.gantry.proto.registry.v1.Tag.newBuilder()
        .setId(tag.id().toString())
        .setName(tag.name().value())
        .setImageId(tag.image().toString())
        .setStatus(status)
        .setDigest(tag.digest().toString())
        .setCreatedAt(timestamp(tag.createdAt()))
        .setUpdatedAt(timestamp(tag.updatedAt()))
        .build();
  }
}
