package io.gantry.bootstrap;

import io.gantry.bootstrap.access.ConfiguredKeys;
import io.gantry.bootstrap.access.KeyOrigin;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** What happens between the migration of the database and the opening of the port. */
@Singleton
final class StartUp {
  private final ConfiguredKeys keys;
  private volatile @Nullable KeyOrigin origin;

  StartUp(ConfiguredKeys keys) {
    this.keys = keys;
  }

  void storeKeys(@Observes StartupEvent event) {
    origin = keys.store();
  }

  /** Where the keys came from that this start stored. */
  KeyOrigin keyOrigin() {
    KeyOrigin known = origin;
    if (known == null) throw new IllegalStateException("the start has not come that far");
    return known;
  }
}
