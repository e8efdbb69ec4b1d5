package io.gantry.application.access;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A small cache: what is put is there for a while, unless more than {@code capacity} others were
 * used since. Safe for use by many threads.
 */
final class RecentlySeen<K, V> {
  private final Duration timeToLive;
  private final Map<K, Remembered<V>> entries;

  RecentlySeen(Duration timeToLive, int capacity) {
    this.timeToLive = timeToLive;
    this.entries =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, Remembered<V>> eldest) {
            return size() > capacity;
          }
        };
  }

  synchronized Optional<V> get(K key, Instant now) {
    Remembered<V> entry = entries.get(key);
    if (entry == null) return Optional.empty();
    if (now.isBefore(entry.until)) return Optional.of(entry.value);
    entries.remove(key);
    return Optional.empty();
  }

  synchronized void put(K key, V value, Instant now) {
    entries.put(key, new Remembered<>(value, now.plus(timeToLive)));
  }

  private record Remembered<V>(V value, Instant until) {}
}
