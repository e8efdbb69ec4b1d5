package io.gantry.domain.identity;

import io.gantry.domain.access.OrganizationId;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Policies in memory. */
public final class InMemoryPolicyRepository implements PolicyRepository {
  private final InMemoryIdentity identity;

  public InMemoryPolicyRepository(InMemoryIdentity identity) {
    this.identity = identity;
  }

  @Override
  public Optional<Policy> find(PolicyId id) {
    return identity.locked(() -> Optional.ofNullable(identity.policies.get(id)));
  }

  @Override
  public Optional<Policy> findLocked(PolicyId id) {
    return find(id);
  }

  @Override
  public List<Policy> ofOrganization(OrganizationId organization) {
    return those(policy -> policy.organization().equals(organization));
  }

  @Override
  public List<Policy> ofApplication(ApplicationId application) {
    return those(policy -> policy.isOf(application));
  }

  @Override
  public void add(Policy policy) {
    var _ = identity.locked(() -> identity.policies.put(policy.id(), policy));
  }

  @Override
  public void update(Policy policy) {
    var _ = identity.locked(() -> identity.policies.replace(policy.id(), policy));
  }

  @Override
  public void remove(PolicyId id) {
    var _ = identity.locked(() -> identity.policies.remove(id));
  }

  private List<Policy> those(Predicate<Policy> wanted) {
    return identity.locked(() -> identity.policies.values().stream().filter(wanted).toList());
  }
}
