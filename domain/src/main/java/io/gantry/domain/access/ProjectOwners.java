package io.gantry.domain.access;

import java.util.Optional;

/**
 * Which organization a project belongs to; that never changes. May be asked with and without a
 * transaction.
 */
@FunctionalInterface
public interface ProjectOwners {
  Optional<OrganizationId> ownerOf(ProjectId project);
}
