package io.gantry.grpc.image;

import static io.gantry.grpc.call.Arguments.timestamp;

import io.gantry.domain.image.Image;
import io.gantry.domain.image.Visibility;
import io.gantry.domain.namespace.Status;

/** An image on the wire. */
final class ImageMessage {
  private ImageMessage() {}

  static io.gantry.proto.registry.v1.Image from(Image image) {
    return io.gantry.proto.registry.v1.Image.newBuilder()
        .setId(image.id().toString())
        .setName(image.name().value())
        .setNamespaceId(image.namespace().toString())
        .setStatus(status(image.status()))
        .setVisibility(visibility(image.visibility()))
        .setSize(image.size().bytes())
        .setCreatedAt(timestamp(image.createdAt()))
        .setUpdatedAt(timestamp(image.updatedAt()))
        .addAllTags(image.tags())
        .build();
  }

  private static io.gantry.proto.registry.v1.Image.Status status(Status status) {
    return switch (status) {
      case READY -> io.gantry.proto.registry.v1.Image.Status.STATUS_READY;
      case DELETING -> io.gantry.proto.registry.v1.Image.Status.STATUS_DELETING;
    };
  }

  private static io.gantry.proto.registry.v1.Image.Visibility visibility(Visibility visibility) {
    return switch (visibility) {
      case INHERIT -> io.gantry.proto.registry.v1.Image.Visibility.VISIBILITY_INHERIT;
      case PUBLIC -> io.gantry.proto.registry.v1.Image.Visibility.VISIBILITY_PUBLIC;
      case PRIVATE -> io.gantry.proto.registry.v1.Image.Visibility.VISIBILITY_PRIVATE;
    };
  }
}
