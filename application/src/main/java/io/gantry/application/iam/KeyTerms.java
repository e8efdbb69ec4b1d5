package io.gantry.application.iam;

import static io.gantry.domain.error.RegistryException.notAllowed;

import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.identity.ProjectDetails;
import io.gantry.domain.identity.ProjectRepository;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What a caller may ask of a key. */
final class KeyTerms {
  private KeyTerms() {}

  /** The time as it is kept; an {@code InvalidArgument} if it has passed. */
  static Optional<Instant> expiry(Optional<Instant> asked, Instant now) {
    asked
        .filter(expiry -> !expiry.isAfter(now))
        .ifPresent(
            _ -> {
              throw notAllowed("expires_at", "must be in the future");
            });
    return asked.map(expiry -> expiry.truncatedTo(ChronoUnit.MICROS));
  }

  /** The project, if it is the organization's; it stays until the end of the transaction. */
  static ProjectId project(
      ProjectRepository projects, OrganizationId organization, ProjectId asked) {
    return projects
        .findLocked(asked)
        .filter(project -> project.organization().equals(organization))
        .map(ProjectDetails::id)
        .orElseThrow(
            () -> notAllowed("default_project_id", "must be a project of the organization"));
  }
}
