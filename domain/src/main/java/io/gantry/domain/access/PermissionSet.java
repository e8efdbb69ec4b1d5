package io.gantry.domain.access;

import java.util.Optional;

/** The published permission sets that concern the registry. */
public enum PermissionSet {
  CONTAINER_REGISTRY_READ_ONLY("ContainerRegistryReadOnly", false),
  CONTAINER_REGISTRY_FULL_ACCESS("ContainerRegistryFullAccess", true),
  ALL_PRODUCTS_READ_ONLY("AllProductsReadOnly", false),
  ALL_PRODUCTS_FULL_ACCESS("AllProductsFullAccess", true);

  private final String publishedName;
  private final boolean writes;

  PermissionSet(String publishedName, boolean writes) {
    this.publishedName = publishedName;
    this.writes = writes;
  }

  public String publishedName() {
    return publishedName;
  }

  public boolean allows(Permission permission) {
    return permission == Permission.READ || writes;
  }

  public static Optional<PermissionSet> find(String publishedName) {
    for (PermissionSet set : values()) {
      if (set.publishedName.equals(publishedName)) return Optional.of(set);
    }
    return Optional.empty();
  }
}
