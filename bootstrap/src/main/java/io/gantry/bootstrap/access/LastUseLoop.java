package io.gantry.bootstrap.access;

import io.gantry.application.iam.StoreLastUses;
import io.gantry.bootstrap.Serving;
import io.gantry.bootstrap.configuration.GantryConfig;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * One background thread per replica that stores when keys were last used, every {@code
 * gantry.auth.last-use-interval} and at the end. What cannot be stored is lost, which is logged.
 */
@Singleton
final class LastUseLoop {
  private static final Logger LOG = Logger.getLogger(LastUseLoop.class);

  private final StoreLastUses store;
  private final Duration interval;
  private final CountDownLatch stopping = new CountDownLatch(1);

  LastUseLoop(StoreLastUses store, GantryConfig config) {
    this.store = store;
    this.interval = config.auth().lastUseInterval();
  }

  void start(@Observes Serving event) {
    Thread.ofPlatform().name("last-uses").daemon(true).start(this::run);
  }

  void stop(@Observes(notifyObserver = Reception.IF_EXISTS) ShutdownEvent event) {
    stopping.countDown();
    store();
  }

  private void run() {
    try {
      while (!stopping.await(interval.toMillis(), TimeUnit.MILLISECONDS)) store();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void store() {
    try {
      store.handle();
    } catch (RuntimeException e) {
      LOG.warn("when keys were last used could not be stored", e);
    }
  }
}
