package io.gantry.domain.identity;

import static io.gantry.domain.error.RegistryException.notAllowed;
import static io.gantry.domain.error.RegistryException.required;

import io.gantry.domain.access.Grants;
import io.gantry.domain.access.PermissionSet;
import io.gantry.domain.access.ProjectId;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Permission sets, and where they count.
 *
 * @param id tells it from others; a new one with each change of a policy's rules
 * @param sets at least one, all with the same kind of scope
 */
public record Rule(UUID id, Set<PermissionSet> sets, Scope scope) {
  public Rule {
    sets = Set.copyOf(sets);
    if (sets.isEmpty()) throw required("rules.permission_set_names");
    if (sets.stream().map(PermissionSet::isForOrganizationsOnly).distinct().count() > 1) {
      throw notAllowed(
          "rules.permission_set_names", "must not mix sets about projects and about organizations");
    }
    if (scope instanceof InProjects && isAboutOrganization(sets)) {
      throw notAllowed(
          "rules.project_ids", "must give way to organization_id for these permission sets");
    }
  }

  /** Where it counts. */
  public sealed interface Scope {}

  /** In all projects of the organization, those to come included. */
  public record Everywhere() implements Scope {}

  /** In these projects; empty when all of them were deleted. */
  public record InProjects(Set<ProjectId> projects) implements Scope {
    public InProjects {
      projects = Set.copyOf(projects);
    }
  }

  public Grants grants() {
    return switch (scope) {
      case Everywhere() -> new Grants(sets, Map.of());
      case InProjects(Set<ProjectId> projects) ->
          Grants.inProjects(
              projects.stream().collect(Collectors.toMap(project -> project, _ -> sets)));
    };
  }

  /** Whether its sets are about the organization itself. */
  public boolean isAboutOrganization() {
    return isAboutOrganization(sets);
  }

  private static boolean isAboutOrganization(Set<PermissionSet> sets) {
    return sets.stream().allMatch(PermissionSet::isForOrganizationsOnly);
  }
}
