package io.gantry.bootstrap.database;

import io.gantry.persistence.ConflictMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** How often units of work of this replica were in each other's or in another's way. */
@Singleton
final class ConflictMetrics implements ConflictMeter {
  private final Counter repeats;
  private final Counter ends;

  ConflictMetrics(MeterRegistry registry) {
    repeats =
        Counter.builder("gantry.database.repeats")
            .description("units of work that were run again after a conflict")
            .register(registry);
    ends =
        Counter.builder("gantry.database.conflicts")
            .description("units of work that were given up because of a conflict")
            .register(registry);
  }

  @Override
  public void repeated() {
    repeats.increment();
  }

  @Override
  public void gaveUp() {
    ends.increment();
  }
}
