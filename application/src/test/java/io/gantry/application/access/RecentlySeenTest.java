package io.gantry.application.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class RecentlySeenTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final RecentlySeen<String, Integer> cache = new RecentlySeen<>(Duration.ofSeconds(2), 2);

  @Test
  void forgetsAfterTheTimeToLive() {
    cache.put("a", 1, NOW);

    assertThat(cache.get("a", NOW.plusMillis(1999))).contains(1);
    assertThat(cache.get("a", NOW.plusMillis(2000))).isEmpty();
  }

  @Test
  void forgetsTheLeastRecentlyUsedWhenFull() {
    cache.put("a", 1, NOW);
    cache.put("b", 2, NOW);
    assertThat(cache.get("a", NOW)).contains(1);

    cache.put("c", 3, NOW);

    assertThat(cache.get("a", NOW)).contains(1);
    assertThat(cache.get("b", NOW)).isEmpty();
    assertThat(cache.get("c", NOW)).contains(3);
  }
}
