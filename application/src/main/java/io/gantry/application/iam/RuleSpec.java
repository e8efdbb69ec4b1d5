package io.gantry.application.iam;

import static io.gantry.domain.error.RegistryException.notAllowed;

import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.PermissionSet;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.identity.Rule;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A rule as it is asked for; exactly one of organization and projects says where it counts.
 *
 * @param projects at least one if no organization is given
 */
public record RuleSpec(
    Set<PermissionSet> sets, Optional<OrganizationId> organization, Set<ProjectId> projects) {
  public RuleSpec {
    sets = Set.copyOf(sets);
    projects = Set.copyOf(projects);
    if (organization.isPresent() == !projects.isEmpty()) {
      throw notAllowed("rules.project_ids", "must be given, or organization_id, and not both");
    }
  }

  /** The rule, if what it names is the organization's. */
  Rule in(OrganizationId own, Set<ProjectId> ownProjects) {
    if (organization.isPresent()) {
      if (!organization.get().equals(own)) {
        throw notAllowed("rules.organization_id", "must be the policy's organization");
      }
      return new Rule(UUID.randomUUID(), sets, new Rule.Everywhere());
    }
    if (!ownProjects.containsAll(projects)) {
      throw notAllowed("rules.project_ids", "must be projects of the organization");
    }
    return new Rule(UUID.randomUUID(), sets, new Rule.InProjects(projects));
  }
}
