package io.gantry.bootstrap.paging;

import io.gantry.bootstrap.Serving;
import io.gantry.persistence.namespace.IdleUsage;
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
 * One background thread per replica that refreshes the landmarks of long lists and merges the usage
 * of idle namespaces, beside the collector, whose rounds may be long and change lists most. What
 * fails is logged and tried again. No use case: the registry would answer the same without it.
 */
@Singleton
final class ListLoop {
  private static final Logger LOG = Logger.getLogger(ListLoop.class);

  /** Thousands of changes make a page in the middle of a list slower by milliseconds. */
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  /** Long enough that a namespace which is pushed to now and then keeps its rows. */
  private static final Duration IDLE = Duration.ofMinutes(1);

  private final LandmarkKeeper landmarks;
  private final IdleUsage usage;
  private final CountDownLatch stopping = new CountDownLatch(1);

  ListLoop(LandmarkKeeper landmarks, IdleUsage usage) {
    this.landmarks = landmarks;
    this.usage = usage;
  }

  void start(@Observes Serving event) {
    Thread.ofPlatform().name("lists").daemon(true).start(this::run);
  }

  void stop(@Observes(notifyObserver = Reception.IF_EXISTS) ShutdownEvent event) {
    stopping.countDown();
  }

  private void run() {
    try {
      while (!stopping.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        attempt("landmarks were not refreshed", landmarks::refresh);
        attempt("usage of idle namespaces was not merged", () -> usage.merge(IDLE));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void attempt(String failure, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      if (stopping.getCount() > 0) LOG.warn(failure + "; tried again soon", e);
    }
  }
}
