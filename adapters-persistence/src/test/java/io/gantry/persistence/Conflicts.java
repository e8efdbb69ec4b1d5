package io.gantry.persistence;

import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts for tests, which share it. */
@Singleton
final class Conflicts implements ConflictMeter {
  final AtomicInteger repeats = new AtomicInteger();
  final AtomicInteger ends = new AtomicInteger();

  @Override
  public void repeated() {
    repeats.incrementAndGet();
  }

  @Override
  public void gaveUp() {
    ends.incrementAndGet();
  }
}
