package io.gantry.bootstrap.reclaim;

import io.gantry.bootstrap.Serving;
import io.gantry.persistence.reclaim.StoredTotals;
import io.gantry.persistence.reclaim.StoredTotals.Totals;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToLongFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What the registry holds, the same on all replicas. It is counted on a thread of its own, so that
 * whoever asks for metrics does not wait: at the start, and then at most once in {@link #INTERVAL},
 * if it was asked for since.
 */
@Singleton
final class StoredMetrics {
  private static final Logger LOG = Logger.getLogger(StoredMetrics.class);
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private final StoredTotals totals;
  private final AtomicBoolean asked = new AtomicBoolean(true);
  private final CountDownLatch stopping = new CountDownLatch(1);

  /** Null before it is known, and when it cannot be found out. */
  private volatile @Nullable Totals last;

  StoredMetrics(MeterRegistry registry, StoredTotals totals) {
    this.totals = totals;
    gauge("gantry.stored", "what stored blobs hold", Totals::bytes)
        .baseUnit(BaseUnits.BYTES)
        .register(registry);
    gauge("gantry.stored.blobs", "stored blobs, each once", Totals::blobs).register(registry);
    gauge("gantry.images", "images that were pushed", Totals::images).register(registry);
    gauge("gantry.namespaces", "namespaces", Totals::namespaces).register(registry);
  }

  void start(@Observes Serving event) {
    Thread.ofPlatform().name("stored-metrics").daemon(true).start(this::run);
  }

  void stop(@Observes(notifyObserver = Reception.IF_EXISTS) ShutdownEvent event) {
    stopping.countDown();
  }

  private void run() {
    try {
      do {
        if (asked.getAndSet(false)) count();
      } while (!stopping.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void count() {
    try {
      last = totals.count();
    } catch (RuntimeException e) {
      last = null;
      if (stopping.getCount() > 0) LOG.warn("what is stored was not counted; tried again soon", e);
    }
  }

  private Gauge.Builder<?> gauge(String name, String description, ToLongFunction<Totals> value) {
    return Gauge.builder(
            name,
            () -> {
              asked.set(true);
              Totals known = last;
              return known == null ? Double.NaN : (double) value.applyAsLong(known);
            })
        .description(description);
  }
}
