package io.gantry.domain.reclaim;

import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.blob.StorageKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Reserved keys in an {@link InMemoryRegistry}: its tombstones that are not due yet. */
public final class InMemoryKeyReserve implements KeyReserve {
  private final InMemoryRegistry registry;

  /** When each was due as it was made: a key that a reaper has had is due at another time. */
  private final Map<StorageKey, Instant> made = new HashMap<>();

  public InMemoryKeyReserve(InMemoryRegistry registry) {
    this.registry = registry;
  }

  @Override
  public List<StorageKey> reserve(int count, Duration period) {
    return registry.locked(
        () -> {
          List<StorageKey> keys =
              Stream.generate(() -> new StorageKey(UUID.randomUUID())).limit(count).toList();
          Instant due = registry.clock.instant().plus(period);
          keys.forEach(key -> registry.tombstones.put(key, due));
          keys.forEach(key -> made.put(key, due));
          return keys;
        });
  }

  /** Whether the key may still be given to a blob. */
  public boolean holds(StorageKey key) {
    return registry.locked(
        () -> {
          Instant due = registry.tombstones.get(key);
          return due != null && due.equals(made.get(key)) && due.isAfter(registry.clock.instant());
        });
  }
}
