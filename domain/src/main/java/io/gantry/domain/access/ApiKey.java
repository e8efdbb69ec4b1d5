package io.gantry.domain.access;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A key of an organization.
 *
 * @param defaultProject where namespaces go when a request names no project
 * @param grants what it may do, in the projects of its organization
 * @param expiresAt from when on it is refused, if ever
 */
public record ApiKey(
    AccessKey accessKey,
    SecretHash secretHash,
    OrganizationId organization,
    ProjectId defaultProject,
    Grants grants,
    String description,
    Optional<Instant> expiresAt) {

  /** A key with rights in single projects only. */
  public ApiKey(
      AccessKey accessKey,
      SecretHash secretHash,
      OrganizationId organization,
      ProjectId defaultProject,
      Map<ProjectId, Set<PermissionSet>> grants,
      String description,
      Optional<Instant> expiresAt) {
    this(
        accessKey,
        secretHash,
        organization,
        defaultProject,
        Grants.inProjects(grants),
        description,
        expiresAt);
  }

  public boolean isExpiredAt(Instant now) {
    return expiresAt.isPresent() && !now.isBefore(expiresAt.get());
  }
}
