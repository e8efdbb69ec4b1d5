package io.gantry.bootstrap.reclaim;

import io.gantry.application.reclaim.Collect;
import io.gantry.application.reclaim.Collect.Round;
import io.gantry.application.reclaim.Purger;
import io.gantry.bootstrap.Serving;
import io.gantry.bootstrap.configuration.GantryConfig;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * One background thread per replica that collects: when something was deleted, and every {@code
 * gantry.collect.interval} whatever happened. A round that fails is logged and tried again with the
 * next.
 */
@Singleton
final class CollectorLoop implements Purger {
  private static final Logger LOG = Logger.getLogger(CollectorLoop.class);

  private final Collect collect;
  private final CollectionMetrics metrics;
  private final Duration interval;
  private final Semaphore work = new Semaphore(0);
  private volatile boolean stopping;

  CollectorLoop(Collect collect, CollectionMetrics metrics, GantryConfig config) {
    this.collect = collect;
    this.metrics = metrics;
    this.interval = config.collect().interval();
  }

  void start(@Observes Serving event) {
    Thread.ofPlatform().name("collector").daemon(true).start(this::run);
  }

  void stop(@Observes(notifyObserver = Reception.IF_EXISTS) ShutdownEvent event) {
    stopping = true;
    work.release();
  }

  @Override
  public void wake() {
    work.release();
  }

  private void run() {
    try {
      while (!stopping) {
        boolean _ = work.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS);
        work.drainPermits();
        if (!stopping) collect();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void collect() {
    try {
      Round round = collect.handle();
      metrics.done(round);
      if (round.didNothing()) return;
      LOG.infof(
          "collected deleted=%d expired_uploads=%d blobs=%d bytes=%d objects=%d",
          round.deleted(),
          round.expiredUploads(),
          round.blobs().items(),
          round.blobs().bytes(),
          round.objects());
    } catch (RuntimeException e) {
      metrics.failed();
      if (!stopping) LOG.warn("a collection round failed; the next one tries again", e);
    }
  }
}
