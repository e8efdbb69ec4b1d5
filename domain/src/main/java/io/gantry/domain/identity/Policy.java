package io.gantry.domain.identity;

import static io.gantry.domain.error.RegistryException.notAllowed;

import io.gantry.domain.access.Grants;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.PermissionSet;
import io.gantry.domain.access.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rules, and the application they hold for.
 *
 * @param principal whom it gives the rights of its rules; nobody if empty
 * @param rules up to 50, in the order they were given
 */
public record Policy(
    PolicyId id,
    OrganizationId organization,
    Label label,
    Origin origin,
    Optional<ApplicationId> principal,
    List<Rule> rules,
    Instant createdAt,
    Instant updatedAt) {
  private static final int MAX_RULES = 50;

  public Policy {
    rules = List.copyOf(rules);
    if (rules.size() > MAX_RULES) throw notAllowed("rules", "must be at most " + MAX_RULES);
  }

  public Grants grants() {
    return rules.stream().map(Rule::grants).reduce(Grants.NONE, Grants::and);
  }

  /** The single projects that its rules name. */
  public Set<ProjectId> projects() {
    return grants().inProjects().keySet();
  }

  /** The permission sets that its rules name. */
  public Set<PermissionSet> permissionSets() {
    return rules.stream()
        .flatMap(rule -> rule.sets().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  public boolean isOf(ApplicationId application) {
    return principal.filter(application::equals).isPresent();
  }

  public Policy relabelled(Label newLabel, Instant now) {
    return new Policy(id, organization, newLabel, origin, principal, rules, createdAt, now);
  }

  public Policy givenTo(Optional<ApplicationId> newPrincipal, Instant now) {
    return new Policy(id, organization, label, origin, newPrincipal, rules, createdAt, now);
  }

  public Policy ruledBy(List<Rule> newRules, Instant now) {
    return new Policy(id, organization, label, origin, principal, newRules, createdAt, now);
  }
}
