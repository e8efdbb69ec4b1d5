package io.gantry.bootstrap.reclaim;

import io.gantry.application.reclaim.Collect.Round;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import jakarta.inject.Singleton;
import java.time.Clock;

/** What collection on this replica has done since its start; replicas share the work. */
@Singleton
final class CollectionMetrics {
  private final Clock clock;
  private final Counter rounds;
  private final Counter failedRounds;
  private final Counter deleted;
  private final Counter expiredUploads;
  private final Counter blobs;
  private final Counter bytes;
  private final Counter objects;

  /** In seconds of the epoch; not a number before the first round is done. */
  private volatile double lastDone = Double.NaN;

  CollectionMetrics(MeterRegistry registry, Clock clock) {
    this.clock = clock;
    rounds = counter("rounds", "rounds that were done").register(registry);
    failedRounds = counter("failures", "rounds that failed").register(registry);
    deleted = counter("deleted", "namespaces and images that are gone").register(registry);
    expiredUploads = counter("expired.uploads", "sessions that were ended").register(registry);
    blobs = counter("blobs", "blobs that nothing referred to").register(registry);
    bytes = counter("freed", "what those blobs held").baseUnit(BaseUnits.BYTES).register(registry);
    objects = counter("objects", "stored objects that were deleted").register(registry);
    Gauge.builder("gantry.collection.last.done", () -> lastDone)
        .description("when a round was last done, in seconds since 1970")
        .baseUnit("seconds")
        .register(registry);
  }

  void done(Round round) {
    rounds.increment();
    add(deleted, round.deleted());
    add(expiredUploads, round.expiredUploads());
    add(blobs, round.blobs().items());
    add(bytes, round.blobs().bytes());
    add(objects, round.objects());
    lastDone = clock.millis() / 1000.0;
  }

  void failed() {
    failedRounds.increment();
  }

  private static void add(Counter counter, long amount) {
    counter.increment((double) amount);
  }

  private static Counter.Builder counter(String name, String description) {
    return Counter.builder("gantry.collection." + name).description(description);
  }
}
