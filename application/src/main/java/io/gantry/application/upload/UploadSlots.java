package io.gantry.application.upload;

import io.gantry.domain.access.Caller;
import io.gantry.domain.access.Principal;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Bounds how many bodies one principal has under way at once on this replica, so that none can take
 * all of its threads and disk. Thread-safe.
 */
public final class UploadSlots {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final int limit;
  private final ConcurrentMap<Object, Integer> taken = new ConcurrentHashMap<>();

  /** Lets each principal have {@code limit} at once. */
  public UploadSlots(int limit) {
    this.limit = limit;
  }

  /** A place that is held until it is closed. */
  public interface Slot extends AutoCloseable {
    @Override
    void close();
  }

  /** Takes a place; {@code TooManyRequests} if the caller has all of theirs. */
  public Slot acquire(Caller caller) {
    Object owner = owner(caller);
    int count = taken.merge(owner, 1, Integer::sum);
    if (count > limit) {
      release(owner);
      throw new RegistryException(new RegistryError.TooManyRequests(RETRY_AFTER));
    }
    return () -> release(owner);
  }

  private void release(Object owner) {
    taken.computeIfPresent(owner, (_, count) -> count == 1 ? null : count - 1);
  }

  private static Object owner(Caller caller) {
    return switch (caller.principal()) {
      case Principal.KeyHolder holder -> holder.key().accessKey();
      case Principal.Anonymous nobody -> nobody;
    };
  }
}
