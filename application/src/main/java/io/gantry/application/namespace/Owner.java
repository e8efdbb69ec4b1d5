package io.gantry.application.namespace;

import static io.gantry.domain.error.RegistryException.notAllowed;

import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.ProjectId;

/** To whom a new namespace shall belong, as far as the caller says. */
public sealed interface Owner {
  /** The default project of the caller's key. */
  record CallersDefault() implements Owner {}

  record OfProject(ProjectId project) implements Owner {}

  /** The default project of an organization; deprecated in the published API. */
  record OfOrganization(OrganizationId organization) implements Owner {}

  /**
   * Reads the two ways to say it, of which an empty one says nothing; an {@code InvalidArgument} on
   * {@code project_id} if both are given.
   */
  static Owner parse(String project, String organization) {
    if (!project.isEmpty() && !organization.isEmpty()) {
      throw notAllowed("project_id", "must not be given together with organization_id");
    }
    if (!project.isEmpty()) return new OfProject(ProjectId.parse(project));
    if (!organization.isEmpty()) return new OfOrganization(OrganizationId.parse(organization));
    return new CallersDefault();
  }
}
