package io.gantry.rest.iam;

import io.gantry.domain.access.PermissionSet;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** A permission set on the wire. */
@RegisterForReflection
record PermissionSetBody(
    String id, String name, String scopeType, String description, List<String> categories) {

  static PermissionSetBody from(PermissionSet set) {
    return new PermissionSetBody(
        UUID.nameUUIDFromBytes(set.publishedName().getBytes(StandardCharsets.US_ASCII)).toString(),
        set.publishedName(),
        set.isForOrganizationsOnly() ? "organization" : "projects",
        description(set),
        List.of());
  }

  private static String description(PermissionSet set) {
    return switch (set) {
      case CONTAINER_REGISTRY_READ_ONLY, ALL_PRODUCTS_READ_ONLY -> "See and pull images";
      case CONTAINER_REGISTRY_FULL_ACCESS -> "See, pull, push, change and delete images";
      case ALL_PRODUCTS_FULL_ACCESS ->
          "Everything with images; in all of the organization also projects, keys and policies";
      case IAM_MANAGER -> "Manage projects, API keys, applications and policies";
      case PROJECT_MANAGER -> "Manage projects";
    };
  }
}
