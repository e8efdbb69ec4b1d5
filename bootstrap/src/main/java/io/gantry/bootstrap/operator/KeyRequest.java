package io.gantry.bootstrap.operator;

import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.PermissionSet;
import io.gantry.domain.access.ProjectId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What {@code gantry key} is asked to do. */
sealed interface KeyRequest {

  /**
   * Make a key with these permission sets.
   *
   * @param organization if empty, the first key's, or the only one
   * @param project where they count; if empty, in all of the organization
   */
  record Create(
      Optional<OrganizationId> organization,
      Optional<ProjectId> project,
      Set<PermissionSet> sets,
      String description,
      Optional<Instant> expiresAt)
      implements KeyRequest {
    public Create {
      sets = Set.copyOf(sets);
    }
  }

  /** Show the keys of one organization, or of all. */
  record Show(Optional<OrganizationId> organization) implements KeyRequest {}

  record Revoke(AccessKey accessKey) implements KeyRequest {}
}
