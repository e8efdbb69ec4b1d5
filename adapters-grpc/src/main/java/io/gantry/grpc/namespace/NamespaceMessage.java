package io.gantry.grpc.namespace;

import static io.gantry.grpc.call.Arguments.count;
import static io.gantry.grpc.call.Arguments.timestamp;

import io.gantry.application.access.Regions;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.Status;

/** A namespace on the wire. */
final class NamespaceMessage {
  private NamespaceMessage() {}

  static io.gantry.proto.registry.v1.Namespace from(Namespace namespace, Regions regions) {
    return io.gantry.proto.registry.v1.Namespace.newBuilder()
        .setId(namespace.id().toString())
        .setName(namespace.name().value())
        .setDescription(namespace.description())
        .setOrganizationId(namespace.organization().toString())
        .setProjectId(namespace.project().toString())
        .setStatus(status(namespace.status()))
        .setEndpoint(regions.endpointOf(namespace))
        .setIsPublic(namespace.isPublic())
        .setSize(namespace.usage().size().bytes())
        .setCreatedAt(timestamp(namespace.createdAt()))
        .setUpdatedAt(timestamp(namespace.updatedAt()))
        .setImageCount(count(namespace.usage().imageCount()))
        .setRegion(namespace.region().value())
        .build();
  }

  private static io.gantry.proto.registry.v1.Namespace.Status status(Status status) {
    return switch (status) {
      case READY -> io.gantry.proto.registry.v1.Namespace.Status.STATUS_READY;
      case DELETING -> io.gantry.proto.registry.v1.Namespace.Status.STATUS_DELETING;
    };
  }
}
