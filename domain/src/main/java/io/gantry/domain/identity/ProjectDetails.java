package io.gantry.domain.identity;

import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.Project;
import io.gantry.domain.access.ProjectId;
import java.time.Instant;

/** A project as it is managed. */
public record ProjectDetails(
    ProjectId id,
    OrganizationId organization,
    Label label,
    Origin origin,
    Instant createdAt,
    Instant updatedAt) {

  /** As namespaces and keys refer to it. */
  public Project project() {
    return new Project(id, organization, label.name());
  }

  public ProjectDetails relabelled(Label newLabel, Instant now) {
    return new ProjectDetails(id, organization, newLabel, origin, createdAt, now);
  }

  /** Whether it is the one that requests fall to which name an organization only. */
  public boolean isDefault() {
    return id.value().equals(organization.value());
  }
}
