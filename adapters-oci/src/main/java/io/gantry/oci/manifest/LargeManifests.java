package io.gantry.oci.manifest;

import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Bounds how many manifests of those that are large are in memory at once on this replica. */
final class LargeManifests {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final Semaphore places;
  private final Duration patience;

  /** Makes those wait up to {@code patience} who come while all {@code places} are taken. */
  LargeManifests(int places, Duration patience) {
    this.places = new Semaphore(places);
    this.patience = patience;
  }

  /** A place that is held until it is closed. */
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /** Takes a place; {@code TooManyRequests} if none comes free. */
  Place enter() {
    try {
      if (places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) return places::release;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new RegistryException(new RegistryError.TooManyRequests(RETRY_AFTER));
  }
}
