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

  /**
   * Runs {@code work} without a transaction round it, which spares the database the beginning and
   * the end of one: for a single call of a repository that says that it may be made so, or for
   * several that only read, and lock nothing. Each call is atomic by itself, sees what is committed
   * when it begins (so does each statement in a transaction), and is durable when it returns,
   * whatever becomes of the rest of {@code work}. May be run again like work in a transaction, and
   * is run in one where nothing can be spared.
   */
  default <T> T withoutTransaction(Supplier<T> work) {
    return inTransaction(work);
  }

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
