package io.gantry.domain.access;

import java.util.Arrays;
import java.util.Optional;

/** The published permission sets that concern the registry, and who may use it. */
public enum PermissionSet {
  CONTAINER_REGISTRY_READ_ONLY("ContainerRegistryReadOnly"),
  CONTAINER_REGISTRY_FULL_ACCESS("ContainerRegistryFullAccess"),
  ALL_PRODUCTS_READ_ONLY("AllProductsReadOnly"),
  ALL_PRODUCTS_FULL_ACCESS("AllProductsFullAccess"),
  /** Everything about keys, applications, policies and projects, and nothing that is in them. */
  IAM_MANAGER("IAMManager"),
  /** Everything about projects, and nothing that is in them. */
  PROJECT_MANAGER("ProjectManager");

  private final String publishedName;

  PermissionSet(String publishedName) {
    this.publishedName = publishedName;
  }

  public String publishedName() {
    return publishedName;
  }

  public boolean allows(Permission permission) {
    return switch (this) {
      case CONTAINER_REGISTRY_READ_ONLY, ALL_PRODUCTS_READ_ONLY -> permission == Permission.READ;
      case CONTAINER_REGISTRY_FULL_ACCESS -> !permission.isAboutOrganization();
      case ALL_PRODUCTS_FULL_ACCESS -> true;
      case IAM_MANAGER -> permission.isAboutOrganization();
      case PROJECT_MANAGER -> permission == Permission.MANAGE_PROJECTS;
    };
  }

  /**
   * Whether it says nothing in a single project, so that it is granted everywhere or not at all.
   */
  public boolean isForOrganizationsOnly() {
    return Arrays.stream(Permission.values())
        .filter(this::allows)
        .allMatch(Permission::isAboutOrganization);
  }

  public static Optional<PermissionSet> find(String publishedName) {
    for (PermissionSet set : values()) {
      if (set.publishedName.equals(publishedName)) return Optional.of(set);
    }
    return Optional.empty();
  }
}
