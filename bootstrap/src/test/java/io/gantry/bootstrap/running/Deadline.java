package io.gantry.bootstrap.running;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for things that happen on their own, but not for ever. */
public final class Deadline {
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final long end;

  private Deadline(long end) {
    this.end = end;
  }

  public static Deadline in(Duration patience) {
    return new Deadline(System.nanoTime() + patience.toNanos());
  }

  /** Returns when {@code condition} holds; an {@code AssertionError} if it never does. */
  public void await(BooleanSupplier condition, Supplier<String> complaint) {
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) throw new AssertionError(complaint.get());
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
