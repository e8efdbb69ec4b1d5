package io.gantry.domain.identity;

import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** API keys in memory, as they are managed. */
public final class InMemoryKeyDetailsRepository implements KeyDetailsRepository {
  private final InMemoryIdentity identity;

  public InMemoryKeyDetailsRepository(InMemoryIdentity identity) {
    this.identity = identity;
  }

  @Override
  public Optional<KeyDetails> find(AccessKey accessKey) {
    return identity.keys().stream()
        .filter(details -> details.key().accessKey().equals(accessKey))
        .findFirst();
  }

  @Override
  public Optional<KeyDetails> findLocked(AccessKey accessKey) {
    return find(accessKey);
  }

  @Override
  public List<KeyDetails> ofOrganization(OrganizationId organization) {
    return identity.keys().stream()
        .filter(details -> details.key().organization().equals(organization))
        .toList();
  }

  @Override
  public void add(KeyDetails details) {
    var _ = identity.locked(() -> identity.keys.put(details.key().accessKey(), details));
  }

  @Override
  public void update(KeyDetails details) {
    var _ = identity.locked(() -> identity.keys.replace(details.key().accessKey(), details));
  }

  @Override
  public void remove(AccessKey accessKey) {
    var _ = identity.locked(() -> identity.keys.remove(accessKey));
  }

  @Override
  public void markUsed(Map<AccessKey, Instant> lastUses) {
    var _ =
        identity.locked(
            () -> {
              identity.keys.replaceAll((key, details) -> used(details, lastUses.get(key)));
              return true;
            });
  }

  private static KeyDetails used(KeyDetails details, @Nullable Instant at) {
    if (at == null || details.lastUsedAt().filter(at::isBefore).isPresent()) return details;
    return new KeyDetails(
        details.key(),
        details.bearer(),
        details.origin(),
        details.createdAt(),
        details.updatedAt(),
        Optional.of(at));
  }
}
