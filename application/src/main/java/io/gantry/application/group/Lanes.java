package io.gantry.application.group;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * How many groups that change something are worked on at once, whatever they change. A database
 * with as much to do as it has processors for gets nothing done sooner by beginning more: who waits
 * here is in a larger group, and a statement costs much the same for one and for several.
 *
 * <p>Only that is at stake, so nobody waits long: if those in front are slow, because they wait for
 * a lock or for a slow disk, there is room beside them. Thread-safe.
 */
final class Lanes {
  private final Semaphore free;
  private final Duration longest;

  /**
   * Makes lanes.
   *
   * @param longest how long a group waits for one, before it begins without
   */
  Lanes(int count, Duration longest) {
    this.free = new Semaphore(count, true);
    this.longest = longest;
  }

  /** Waits for a lane. Returns whether there is one to {@link #leave}. */
  boolean enter() {
    try {
      return free.tryAcquire(longest.toNanos(), NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // whoever runs the group finds out
      return false;
    }
  }

  void leave() {
    free.release();
  }

  /** How many wait for a lane. */
  int waiting() {
    return free.getQueueLength();
  }
}
