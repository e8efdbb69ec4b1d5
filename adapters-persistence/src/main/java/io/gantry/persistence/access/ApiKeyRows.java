package io.gantry.persistence.access;

import io.gantry.domain.access.ApiKey;
import io.gantry.domain.access.Grants;
import io.gantry.domain.identity.Rule;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@Singleton
class ApiKeyRows implements PanacheRepositoryBase<ApiKeyEntity, String> {

  /** The key whose {@code column} has this value, with the rights it has now. */
  Optional<ApiKey> findWithRights(String column, String value) {
    return find(
            "from ApiKeyEntity k left join fetch k.grants left join fetch k.organizationGrants"
                + " where k."
                + column
                + " = ?1",
            value)
        .singleResultOptional()
        .map(this::withRights);
  }

  /** The key with its own rights if it is configured, else with those of its application. */
  ApiKey withRights(ApiKeyEntity row) {
    if (row.configured) return row.toDomain();
    List<RuleEntity> rules =
        getEntityManager()
            .createQuery(
                "select r from RuleEntity r, PolicyEntity p"
                    + " where r.policy = p.id and p.application = :application",
                RuleEntity.class)
            .setParameter("application", row.application)
            .getResultList();
    return row.toDomain(
        rules.stream()
            .map(RuleEntity::toDomain)
            .map(Rule::grants)
            .reduce(Grants.NONE, Grants::and));
  }

  /** All keys of an organization, with the grants that configured ones have. */
  List<ApiKeyEntity> ofOrganization(UUID organization) {
    return list(
        "from ApiKeyEntity k left join fetch k.grants left join fetch k.organizationGrants"
            + " where k.organization = ?1",
        organization);
  }
}
