package io.gantry.persistence.access;

import io.gantry.domain.identity.Policy;
import io.gantry.domain.identity.PolicyId;
import io.gantry.domain.identity.Rule;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

@Singleton
class RuleRows implements PanacheRepositoryBase<RuleEntity, UUID> {

  /** The rules of these policies, in the order they were given. */
  Map<UUID, List<Rule>> of(Collection<PolicyEntity> policies) {
    if (policies.isEmpty()) return Map.of();
    return list(
            "from RuleEntity where policy in ?1 order by policy, position",
            policies.stream().map(policy -> policy.id).toList())
        .stream()
        .collect(
            Collectors.groupingBy(
                rule -> rule.policy,
                Collectors.mapping(RuleEntity::toDomain, Collectors.toList())));
  }

  void replace(Policy policy) {
    remove(policy.id());
    for (int i = 0; i < policy.rules().size(); i++) {
      persist(RuleEntity.of(policy.id(), i, policy.rules().get(i)));
    }
  }

  void remove(PolicyId policy) {
    long _ = delete("policy", policy.value());
    getEntityManager().clear();
  }
}
