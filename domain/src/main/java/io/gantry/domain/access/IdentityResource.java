package io.gantry.domain.access;

import io.gantry.domain.error.ResourceType;

/**
 * Something of an organization that says who may do what: a project, an API key, an application, a
 * policy.
 *
 * @param id what the caller named it by
 */
public record IdentityResource(ResourceType type, String id, OrganizationId owner) {

  /** What it takes to change it, everywhere in its organization. */
  Permission permission() {
    return type == ResourceType.PROJECT ? Permission.MANAGE_PROJECTS : Permission.MANAGE_IDENTITY;
  }
}
