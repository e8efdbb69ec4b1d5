package io.gantry.oci;

import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks now and then at all who wait for a client, so that each can give up once it has waited too
 * long, at most by a quarter more than it may. To give every single wait of a virtual thread a
 * limit would be a timer each time, which wakes one more thread and costs more than the bytes that
 * are waited for.
 */
@Singleton
public final class StalledClients {
  private final Set<Watched> watched = ConcurrentHashMap.newKeySet();

  /** Somebody who may be waiting for a client. */
  public interface Watched {
    /** Gives up, if it has waited too long. On an event loop, where nothing may wait. */
    void giveUpIfStalled();
  }

  StalledClients(Vertx vertx, OciLimits limits) {
    Duration shortest =
        limits
            .answerPatience()
            .filter(patience -> patience.compareTo(limits.bodyPatience()) < 0)
            .orElse(limits.bodyPatience());
    var _ =
        vertx.setPeriodic(
            Math.max(1, shortest.toMillis() / 4), _ -> watched.forEach(Watched::giveUpIfStalled));
  }

  /** Until it is {@linkplain #forget forgotten}. */
  public void watch(Watched one) {
    var _ = watched.add(one);
  }

  public void forget(Watched one) {
    var _ = watched.remove(one);
  }
}
