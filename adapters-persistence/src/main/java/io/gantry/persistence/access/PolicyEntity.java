package io.gantry.persistence.access;

import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.identity.ApplicationId;
import io.gantry.domain.identity.Label;
import io.gantry.domain.identity.Origin;
import io.gantry.domain.identity.Policy;
import io.gantry.domain.identity.PolicyId;
import io.gantry.domain.identity.Rule;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "policy")
@NullUnmarked
class PolicyEntity {
  @Id UUID id;

  @Column(name = "organization_id")
  UUID organization;

  String name;

  String description;

  String[] tags;

  /** Whom it gives rights; null if nobody. */
  @Column(name = "application_id")
  UUID application;

  @Column(name = "created_at", updatable = false)
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  static PolicyEntity of(Policy policy) {
    PolicyEntity entity = new PolicyEntity();
    entity.id = policy.id().value();
    entity.organization = policy.organization().value();
    entity.name = policy.label().name();
    entity.description = policy.label().description();
    entity.tags = policy.label().tags().toArray(String[]::new);
    entity.application = policy.principal().map(ApplicationId::value).orElse(null);
    entity.createdAt = policy.createdAt();
    entity.updatedAt = policy.updatedAt();
    return entity;
  }

  Policy toDomain(List<Rule> rules) {
    return new Policy(
        new PolicyId(id),
        new OrganizationId(organization),
        new Label(name, description, List.of(tags)),
        Origin.MADE,
        Optional.ofNullable(application).map(ApplicationId::new),
        rules,
        createdAt,
        updatedAt);
  }
}
