package io.gantry.application.access;

import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.KeyRepository;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.Permission;
import io.gantry.domain.access.Principal.KeyHolder;
import io.gantry.domain.access.ProjectId;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The projects that a list shows: what the caller may read of what was asked for. */
public final class ReadableProjects {
  private final AccessPolicy access;
  private final KeyRepository keys;

  public ReadableProjects(AccessPolicy access, KeyRepository keys) {
    this.access = access;
    this.keys = keys;
  }

  /**
   * Those the caller may read, only the given one and only those of the given organization if there
   * is one; {@code Unauthenticated} for anonymous callers. Called in a unit of work.
   */
  public Set<ProjectId> of(
      Caller caller, Optional<ProjectId> project, Optional<OrganizationId> organization) {
    return readable(access.requireKey(caller)).stream()
        .filter(readable -> project.isEmpty() || project.get().equals(readable))
        .filter(readable -> organization.isEmpty() || belongs(readable, organization.get()))
        .collect(Collectors.toUnmodifiableSet());
  }

  private Collection<ProjectId> readable(KeyHolder holder) {
    return holder.mayEverywhere(Permission.READ)
        ? keys.projectsOf(holder.key().organization())
        : holder.projectsWith(Permission.READ);
  }

  private boolean belongs(ProjectId project, OrganizationId organization) {
    return keys.findProject(project)
        .filter(found -> found.organization().equals(organization))
        .isPresent();
  }
}
