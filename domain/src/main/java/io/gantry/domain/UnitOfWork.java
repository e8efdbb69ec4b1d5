package io.gantry.domain;

import java.util.function.Supplier;

/**
 * Runs a decision in one transaction: all of it is durable when the call returns, or none of it
 * happened. No blob I/O and no network call belongs inside.
 */
public interface UnitOfWork {

  /**
   * Runs {@code work} in a new transaction and commits it; rolls back if it throws. Work that lost
   * a deadlock is run again, so it must have no effect but on repositories.
   */
  <T> T inTransaction(Supplier<T> work);

  /** As {@link #inTransaction} for work without a result. */
  default void run(Runnable work) {
    var _ =
        inTransaction(
            () -> {
              work.run();
              return Boolean.TRUE;
            });
  }
}
