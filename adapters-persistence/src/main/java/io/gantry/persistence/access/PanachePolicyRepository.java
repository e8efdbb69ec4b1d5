package io.gantry.persistence.access;

import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.identity.ApplicationId;
import io.gantry.domain.identity.Policy;
import io.gantry.domain.identity.PolicyId;
import io.gantry.domain.identity.PolicyRepository;
import io.gantry.domain.identity.Rule;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** Policies and their rules in PostgreSQL. */
@Singleton
final class PanachePolicyRepository implements PolicyRepository {
  private final PolicyRows rows;
  private final RuleRows rules;
  private final Session session;

  PanachePolicyRepository(PolicyRows rows, RuleRows rules, Session session) {
    this.rows = rows;
    this.rules = rules;
    this.session = session;
  }

  @Override
  public Optional<Policy> find(PolicyId id) {
    return rows.findByIdOptional(id.value()).map(this::withRules);
  }

  @Override
  public Optional<Policy> findLocked(PolicyId id) {
    return rows.findByIdOptional(id.value(), LockModeType.PESSIMISTIC_WRITE).map(this::withRules);
  }

  @Override
  public List<Policy> ofOrganization(OrganizationId organization) {
    return withRules(rows.list("organization", organization.value()));
  }

  @Override
  public List<Policy> ofApplication(ApplicationId application) {
    return withRules(rows.list("application", application.value()));
  }

  @Override
  public void add(Policy policy) {
    session.persist(PolicyEntity.of(policy));
    session.flush();
    rules.replace(policy);
  }

  @Override
  public void update(Policy policy) {
    var _ = session.merge(PolicyEntity.of(policy));
    session.flush();
    rules.replace(policy);
  }

  @Override
  public void remove(PolicyId id) {
    rules.remove(id);
    boolean _ = rows.deleteById(id.value());
  }

  private Policy withRules(PolicyEntity entity) {
    return withRules(List.of(entity)).getFirst();
  }

  private List<Policy> withRules(List<PolicyEntity> entities) {
    Map<UUID, List<Rule>> found = rules.of(entities);
    return entities.stream()
        .map(entity -> entity.toDomain(found.getOrDefault(entity.id, List.of())))
        .toList();
  }
}
