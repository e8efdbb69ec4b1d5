package io.gantry.persistence;

import io.gantry.domain.UnitOfWork;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryException;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import jakarta.inject.Singleton;
import jakarta.transaction.Status;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Runs work in a database transaction (READ COMMITTED).
 *
 * <p>Calls must not be nested: work that was told it is durable could still be undone by the outer
 * transaction, so a nested call fails with {@code IllegalStateException}.
 *
 * <p>Work that the database gave up in favour of another transaction (a deadlock, a serialization
 * failure, a process that lay idle in its transaction while others waited for its locks) is run up
 * to {@value #ATTEMPTS} times, then that is {@code Unavailable}; so is, at once, a lock that was
 * not to be had in time. A {@code RegistryException} passes unchanged. A database that is lost or
 * full becomes {@code Unavailable} too; whether the work took effect is then not known.
 */
@Singleton
final class TransactionalUnitOfWork implements UnitOfWork {
  private static final int ATTEMPTS = 5;
  private static final Duration LONGEST_FIRST_PAUSE = Duration.ofMillis(8);

  /**
   * serialization_failure, deadlock_detected, and idle_in_transaction_session_timeout, which the
   * server says in place of reading what comes next, be it the commit.
   */
  private static final Set<String> GIVEN_UP = Set.of("40001", "40P01", "25P03");

  /** lock_not_available: not before {@code lock_timeout}. */
  private static final String LOCKED = "55P03";

  /** Classes "connection exception", "insufficient resources", and "system error". */
  private static final Set<String> UNAVAILABLE_CLASSES = Set.of("08", "53", "58");

  /** admin_shutdown, crash_shutdown, cannot_connect_now. */
  private static final Set<String> UNAVAILABLE = Set.of("57P01", "57P02", "57P03");

  private final ConflictMeter meter;

  TransactionalUnitOfWork(ConflictMeter meter) {
    this.meter = meter;
  }

  @Override
  public <T> T inTransaction(Supplier<T> work) {
    requireNoTransaction();
    return repeating(() -> QuarkusTransaction.requiringNew().call(work::get));
  }

  /**
   * Statements run in auto-commit mode, through a session of the request's, or of the work's own
   * where there is no request. It takes a connection for each statement and gives it back.
   */
  @Override
  public <T> T withoutTransaction(Supplier<T> work) {
    requireNoTransaction();
    ManagedContext request = Arc.container().requestContext();
    if (request.isActive()) return repeating(work);
    request.activate();
    try {
      return repeating(work);
    } finally {
      request.terminate();
    }
  }

  private static void requireNoTransaction() {
    if (QuarkusTransaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
      throw new IllegalStateException("a unit of work inside another one");
    }
  }

  private <T> T repeating(Supplier<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return work.get();
      } catch (RuntimeException failure) {
        if (!wasGivenUp(failure) || attempt == ATTEMPTS) throw translated(failure);
        meter.repeated();
        pause(attempt);
      }
    }
  }

  private static boolean wasGivenUp(Throwable failure) {
    return Constraints.sqlState(failure).filter(GIVEN_UP::contains).isPresent();
  }

  private static boolean timedOutWaiting(Throwable failure) {
    return Constraints.sqlState(failure).filter(LOCKED::equals).isPresent();
  }

  private RuntimeException translated(RuntimeException failure) {
    if (failure instanceof RegistryException known) return known;
    if (failure instanceof QuarkusTransactionException
        && failure.getCause() instanceof Error error) {
      throw error;
    }
    if (wasGivenUp(failure) || timedOutWaiting(failure)) {
      meter.gaveUp();
      return new RegistryException(
          new RegistryError.Unavailable("too much is being changed at once; try again"), failure);
    }
    if (!isUnavailable(failure)) return failure;
    return new RegistryException(
        new RegistryError.Unavailable("the database cannot be reached; try again"), failure);
  }

  private static boolean isUnavailable(Throwable failure) {
    Optional<String> state = Constraints.sqlState(failure);
    if (state.isPresent()) {
      return UNAVAILABLE.contains(state.get())
          || UNAVAILABLE_CLASSES.contains(state.get().substring(0, 2));
    }
    return timedOutInPool(failure);
  }

  /** The pool reports that no connection came free by a SQLException without a SQLSTATE. */
  private static boolean timedOutInPool(Throwable failure) {
    boolean sql = false;
    for (Throwable t : Causes.of(failure)) {
      if (t instanceof SQLException) sql = true;
      if (sql && t instanceof TimeoutException) return true;
    }
    return false;
  }

  /** Random, so that those who collided do not collide again. */
  private static void pause(int attempt) {
    long bound = LONGEST_FIRST_PAUSE.toNanos() << (attempt - 1);
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(bound));
  }
}
