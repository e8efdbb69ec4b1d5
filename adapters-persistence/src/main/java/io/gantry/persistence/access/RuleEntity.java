package io.gantry.persistence.access;

import io.gantry.domain.access.ProjectId;
import io.gantry.domain.identity.PolicyId;
import io.gantry.domain.identity.Rule;
import io.gantry.domain.identity.Rule.Everywhere;
import io.gantry.domain.identity.Rule.InProjects;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "policy_rule")
@NullUnmarked
class RuleEntity {
  @Id UUID id;

  @Column(name = "policy_id")
  UUID policy;

  int position;

  @Column(name = "permission_sets")
  String[] permissionSets;

  /** Where it counts; null if everywhere. */
  @Column(name = "project_ids")
  UUID[] projects;

  static RuleEntity of(PolicyId policy, int position, Rule rule) {
    RuleEntity entity = new RuleEntity();
    entity.id = rule.id();
    entity.policy = policy.value();
    entity.position = position;
    entity.permissionSets = PermissionSets.names(rule.sets());
    entity.projects =
        switch (rule.scope()) {
          case Everywhere() -> null;
          case InProjects(var projects) ->
              projects.stream().map(ProjectId::value).toArray(UUID[]::new);
        };
    return entity;
  }

  Rule toDomain() {
    return new Rule(
        id,
        PermissionSets.named(List.of(permissionSets)),
        projects == null
            ? new Everywhere()
            : new InProjects(
                Arrays.stream(projects)
                    .map(ProjectId::new)
                    .collect(Collectors.toUnmodifiableSet())));
  }
}
