package io.gantry.domain.identity;

import io.gantry.domain.access.OrganizationId;
import java.util.List;
import java.util.Optional;

/** Applications in memory. */
public final class InMemoryApplicationRepository implements ApplicationRepository {
  private final InMemoryIdentity identity;

  public InMemoryApplicationRepository(InMemoryIdentity identity) {
    this.identity = identity;
  }

  @Override
  public Optional<Application> find(ApplicationId id) {
    return identity.locked(() -> Optional.ofNullable(identity.applications.get(id)));
  }

  @Override
  public Optional<Application> findLocked(ApplicationId id) {
    return find(id);
  }

  @Override
  public List<Application> ofOrganization(OrganizationId organization) {
    return identity.locked(
        () ->
            identity.applications.values().stream()
                .filter(application -> application.organization().equals(organization))
                .toList());
  }

  @Override
  public void add(Application application) {
    var _ = identity.locked(() -> identity.applications.put(application.id(), application));
  }

  @Override
  public void update(Application application) {
    var _ = identity.locked(() -> identity.applications.replace(application.id(), application));
  }

  @Override
  public void remove(ApplicationId id) {
    var _ =
        identity.locked(
            () -> {
              identity.keys.values().removeIf(key -> key.bearer().equals(id));
              identity.policies.replaceAll(
                  (_, policy) ->
                      policy.isOf(id)
                          ? policy.givenTo(Optional.empty(), policy.updatedAt())
                          : policy);
              return identity.applications.remove(id);
            });
  }
}
