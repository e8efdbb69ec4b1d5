package io.gantry.rest.namespace;

import io.gantry.application.access.Regions;
import io.gantry.domain.namespace.Namespace;
import io.gantry.rest.Timestamps;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;

/** A namespace on the wire; the keys' order is that of the contract. */
@RegisterForReflection
record NamespaceBody(
    String id,
    String name,
    String description,
    String organizationId,
    String projectId,
    String status,
    String statusMessage,
    String endpoint,
    boolean isPublic,
    long size,
    String createdAt,
    String updatedAt,
    long imageCount,
    String region) {

  static NamespaceBody from(Namespace namespace, Regions regions) {
    return new NamespaceBody(
        namespace.id().toString(),
        namespace.name().value(),
        namespace.description(),
        namespace.organization().toString(),
        namespace.project().toString(),
        namespace.status().name().toLowerCase(Locale.ROOT),
        "",
        regions.endpointOf(namespace),
        namespace.isPublic(),
        namespace.usage().size().bytes(),
        Timestamps.write(namespace.createdAt()),
        Timestamps.write(namespace.updatedAt()),
        namespace.usage().imageCount(),
        namespace.region().value());
  }
}
