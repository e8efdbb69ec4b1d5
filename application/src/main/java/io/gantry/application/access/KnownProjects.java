package io.gantry.application.access;

import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.access.ProjectOwners;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers to which organization projects belong, for as long as it lives: that never changes, and
 * a deleted project's id does not come back.
 */
public final class KnownProjects implements ProjectOwners {
  private static final int CAPACITY = 10_000;

  private final ProjectOwners stored;
  private final Map<ProjectId, OrganizationId> owners = new ConcurrentHashMap<>();

  public KnownProjects(ProjectOwners stored) {
    this.stored = stored;
  }

  @Override
  public Optional<OrganizationId> ownerOf(ProjectId project) {
    return Optional.ofNullable(owners.get(project)).or(() -> load(project));
  }

  private Optional<OrganizationId> load(ProjectId project) {
    Optional<OrganizationId> owner = stored.ownerOf(project);
    if (owners.size() >= CAPACITY) owners.clear();
    owner.ifPresent(organization -> owners.put(project, organization));
    return owner;
  }
}
