package io.gantry.persistence.access;

import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.Grants;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.identity.KeyDetails;
import io.gantry.domain.identity.KeyDetailsRepository;
import io.gantry.domain.identity.Policy;
import io.gantry.domain.identity.PolicyRepository;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;

/** API keys in PostgreSQL, as they are managed. */
@Singleton
final class PanacheKeyDetailsRepository implements KeyDetailsRepository {
  private static final String MARK_USED =
      "update api_key set last_used_at = greatest(last_used_at, :at) where access_key = :key";

  private final ApiKeyRows rows;
  private final PolicyRepository policies;
  private final Session session;

  PanacheKeyDetailsRepository(ApiKeyRows rows, PolicyRepository policies, Session session) {
    this.rows = rows;
    this.policies = policies;
    this.session = session;
  }

  @Override
  public Optional<KeyDetails> find(AccessKey accessKey) {
    return rows.findByIdOptional(accessKey.value()).map(this::details);
  }

  @Override
  public Optional<KeyDetails> findLocked(AccessKey accessKey) {
    return rows.findByIdOptional(accessKey.value(), LockModeType.PESSIMISTIC_WRITE)
        .map(this::details);
  }

  private KeyDetails details(ApiKeyEntity row) {
    return row.toDetails(rows.withRights(row));
  }

  @Override
  public List<KeyDetails> ofOrganization(OrganizationId organization) {
    Map<UUID, Grants> rights =
        policies.ofOrganization(organization).stream()
            .filter(policy -> policy.principal().isPresent())
            .collect(
                Collectors.toMap(
                    policy -> policy.principal().orElseThrow().value(),
                    Policy::grants,
                    Grants::and));
    return rows.ofOrganization(organization.value()).stream()
        .map(
            row ->
                row.toDetails(
                    row.configured
                        ? row.toDomain()
                        : row.toDomain(rights.getOrDefault(row.application, Grants.NONE))))
        .toList();
  }

  @Override
  public void add(KeyDetails key) {
    session.persist(ApiKeyEntity.made(key));
  }

  @Override
  public void update(KeyDetails key) {
    var _ = session.merge(ApiKeyEntity.made(key));
  }

  @Override
  public void remove(AccessKey accessKey) {
    boolean _ = rows.deleteById(accessKey.value());
  }

  @Override
  public void markUsed(Map<AccessKey, Instant> lastUses) {
    var sorted = new TreeMap<String, Instant>();
    lastUses.forEach((key, at) -> sorted.put(key.value(), at));
    sorted.forEach(
        (key, at) -> {
          var _ =
              session
                  .createNativeMutationQuery(MARK_USED)
                  .setParameter("key", key)
                  .setParameter("at", at)
                  .executeUpdate();
        });
  }
}
