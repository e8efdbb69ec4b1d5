package io.gantry.application.namespace;

import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.Resource;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.NamespaceId;
import java.util.Optional;

/** What is absent and what is hidden give the same answer. */
final class NamespaceAccess {
  private NamespaceAccess() {}

  /** What was found under this id, if the caller may do this to it. */
  static Namespace require(
      AccessPolicy access,
      Caller caller,
      Action action,
      NamespaceId id,
      Optional<Namespace> found) {
    Namespace namespace =
        found.orElseThrow(() -> access.absent(caller, ResourceType.NAMESPACE, id.toString()));
    access.require(
        caller,
        action,
        new Resource(
            ResourceType.NAMESPACE, id.toString(), namespace.project(), namespace.isPublic()));
    return namespace;
  }
}
