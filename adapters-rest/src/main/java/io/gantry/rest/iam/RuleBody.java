package io.gantry.rest.iam;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.PermissionSet;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.identity.Rule;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A rule on the wire; it says in which projects it counts, or in which organization. */
@RegisterForReflection
record RuleBody(
    String id,
    List<String> permissionSetNames,
    String permissionSetsScopeType,
    String condition,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> projectIds,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String organizationId) {

  static RuleBody from(Rule rule, OrganizationId organization) {
    return switch (rule.scope()) {
      case Rule.Everywhere() -> of(rule, null, organization.toString());
      case Rule.InProjects(Set<ProjectId> projects) ->
          of(rule, projects.stream().map(ProjectId::toString).sorted().toList(), null);
    };
  }

  private static RuleBody of(
      Rule rule, @Nullable List<String> projects, @Nullable String organization) {
    return new RuleBody(
        rule.id().toString(),
        rule.sets().stream().map(PermissionSet::publishedName).sorted().toList(),
        rule.isAboutOrganization() ? "organization" : "projects",
        "",
        projects,
        organization);
  }
}
