package io.gantry.application.iam;

import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.Grants;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.identity.ProjectDetails;
import io.gantry.domain.identity.ProjectRepository;
import io.gantry.domain.identity.Rule;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes rules of what is asked for, if the caller may give that. Called in a transaction. */
public final class Rules {
  private final AccessPolicy access;
  private final ProjectRepository projects;

  public Rules(AccessPolicy access, ProjectRepository projects) {
    this.access = access;
    this.projects = projects;
  }

  List<Rule> require(Caller caller, OrganizationId organization, List<RuleSpec> specs) {
    Set<ProjectId> own =
        projects.ofOrganization(organization).stream()
            .map(ProjectDetails::id)
            .collect(Collectors.toUnmodifiableSet());
    List<Rule> rules = specs.stream().map(spec -> spec.in(organization, own)).toList();
    access.requireMayGrant(
        caller, rules.stream().map(Rule::grants).reduce(Grants.NONE, Grants::and));
    return rules;
  }
}
