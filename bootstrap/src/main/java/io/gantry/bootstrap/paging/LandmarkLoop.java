package io.gantry.bootstrap.paging;

import io.gantry.bootstrap.Serving;
import io.gantry.persistence.paging.LandmarkKeeper;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * One background thread per replica that refreshes the landmarks of long lists, beside the
 * collector, whose rounds may be long and change lists most. What fails is logged and tried again.
 * No use case: the registry would answer the same without it.
 */
@Singleton
final class LandmarkLoop {
  private static final Logger LOG = Logger.getLogger(LandmarkLoop.class);

  /** Thousands of changes make a page in the middle of a list slower by milliseconds. */
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final LandmarkKeeper landmarks;
  private final CountDownLatch stopping = new CountDownLatch(1);

  LandmarkLoop(LandmarkKeeper landmarks) {
    this.landmarks = landmarks;
  }

  void start(@Observes Serving event) {
    Thread.ofPlatform().name("landmarks").daemon(true).start(this::run);
  }

  void stop(@Observes(notifyObserver = Reception.IF_EXISTS) ShutdownEvent event) {
    stopping.countDown();
  }

  private void run() {
    try {
      while (!stopping.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) refresh();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void refresh() {
    try {
      landmarks.refresh();
    } catch (RuntimeException e) {
      if (stopping.getCount() > 0) LOG.warn("landmarks were not refreshed; tried again soon", e);
    }
  }
}
