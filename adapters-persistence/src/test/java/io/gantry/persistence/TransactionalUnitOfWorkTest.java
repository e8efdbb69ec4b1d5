package io.gantry.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.agroal.api.AgroalDataSource;
import io.gantry.domain.BlobPorts;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.error.RegistryError.Unavailable;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.reclaim.UnitOfWorkContract;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.hibernate.Session;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
final class TransactionalUnitOfWorkTest extends UnitOfWorkContract {
  @Inject BlobPorts ports;
  @Inject PostgresContent content;
  @Inject Session session;
  @Inject AgroalDataSource pool;
  @Inject Conflicts conflicts;

  @BeforeEach
  void clear() {
    content.clear();
  }

  @Override
  protected BlobPorts ports() {
    return ports;
  }

  @Test
  void runsTheLoserOfADeadlockAgain() {
    List<StorageKey> keys = List.of(aTombstone(), aTombstone());
    CyclicBarrier bothHoldOne = new CyclicBarrier(2);
    AtomicInteger runs = new AtomicInteger();

    List<Boolean> ends =
        AtOnce.call(
            2,
            mine ->
                unitOfWork()
                    .inTransaction(
                        () -> {
                          touch(keys.get(mine));
                          if (runs.incrementAndGet() <= 2) meet(bothHoldOne);
                          touch(keys.get(1 - mine));
                          return true;
                        }));

    assertThat(ends).containsExactly(true, true);
    // On a slow machine the loser can lose again, or both can.
    assertThat(runs).hasValueGreaterThanOrEqualTo(3);
    assertThat(attempts(keys)).isEqualTo(4);
  }

  @Test
  void isUnavailableWhenTheDatabaseNeverAgrees() {
    AtomicInteger runs = new AtomicInteger();
    int repeats = conflicts.repeats.get();
    int ends = conflicts.ends.get();

    assertThatThrownBy(
            () ->
                unitOfWork()
                    .run(
                        () -> {
                          runs.incrementAndGet();
                          raise("40001");
                        }))
        .asInstanceOf(type(RegistryException.class))
        .extracting(RegistryException::error)
        .isInstanceOf(Unavailable.class);
    assertThat(runs).hasValue(5);
    assertThat(conflicts.repeats).hasValue(repeats + 4);
    assertThat(conflicts.ends).hasValue(ends + 1);
  }

  @Test
  void isUnavailableWhenALockIsNotToBeHadInTime() {
    StorageKey key = aTombstone();
    int ends = conflicts.ends.get();
    try (var holder =
        new OpenTransaction<>(
            unitOfWork(),
            () -> {
              touch(key);
              return true;
            })) {
      assertThatThrownBy(
              () ->
                  unitOfWork()
                      .run(
                          () -> {
                            set("lock_timeout = '50ms'");
                            touch(key);
                          }))
          .asInstanceOf(type(RegistryException.class))
          .extracting(RegistryException::error)
          .isInstanceOf(Unavailable.class);
      assertThat(holder.commit()).isTrue();
    }
    assertThat(conflicts.ends).hasValue(ends + 1);
    unitOfWork().run(() -> touch(key));
    assertThat(attempts(List.of(key))).isEqualTo(2);
  }

  @Test
  void runsAgainWhatLayIdleTooLong() {
    StorageKey key = aTombstone();
    AtomicInteger runs = new AtomicInteger();
    int repeats = conflicts.repeats.get();

    unitOfWork()
        .run(
            () -> {
              touch(key);
              if (runs.incrementAndGet() > 1) return;
              set("idle_in_transaction_session_timeout = '50ms'");
              // It cannot lock the row before the server has ended this session.
              AtOnce.join(AtOnce.start(() -> unitOfWork().inTransaction(() -> lock(key))));
            });

    assertThat(runs).hasValue(2);
    assertThat(conflicts.repeats).hasValue(repeats + 1);
    assertThat(attempts(List.of(key))).isEqualTo(1);
  }

  @Test
  void aLostConnectionIsUnavailable() {
    assertThatThrownBy(
            () ->
                unitOfWork()
                    .run(
                        () ->
                            session
                                .createNativeQuery(
                                    "select pg_terminate_backend(pg_backend_pid())", Boolean.class)
                                .getSingleResult()))
        .asInstanceOf(type(RegistryException.class))
        .extracting(RegistryException::error)
        .isEqualTo(new Unavailable("the database cannot be reached; try again"));
    assertThat(unitOfWork().<Boolean>inTransaction(() -> true)).isTrue();
  }

  @Test
  void aConnectionThatIsLostBeforeTheCommitIsUnavailable() {
    assertThatThrownBy(
            () ->
                unitOfWork()
                    .run(
                        () -> {
                          int pid = pid();
                          AtOnce.join(AtOnce.start(() -> terminate(pid)));
                        }))
        .asInstanceOf(type(RegistryException.class))
        .extracting(RegistryException::error)
        .isInstanceOf(Unavailable.class);
  }

  @Test
  void aFullDiskIsUnavailable() {
    assertThatThrownBy(() -> unitOfWork().run(() -> raise("53100")))
        .asInstanceOf(type(RegistryException.class))
        .extracting(RegistryException::error)
        .isInstanceOf(Unavailable.class);
  }

  @Test
  void takesOneStatementAndNoTransactionWithoutOne() {
    Statistics statistics = session.getSessionFactory().getStatistics();
    statistics.setStatisticsEnabled(true);
    statistics.clear();
    long one = unitOfWork().withoutTransaction(this::selectOne);

    assertThat(one).isOne();
    assertThat(statistics.getPrepareStatementCount()).isOne();
    assertThat(statistics.getTransactionCount()).isZero();
  }

  @Test
  void keepsNoConnectionWithoutATransaction() {
    int moreThanThePoolHas = pool.getConfiguration().connectionPoolConfiguration().maxSize() + 1;
    CyclicBarrier allHaveAsked = new CyclicBarrier(moreThanThePoolHas);

    List<Long> answers =
        AtOnce.call(
            moreThanThePoolHas,
            _ ->
                unitOfWork()
                    .withoutTransaction(
                        () -> {
                          long one = selectOne();
                          meet(allHaveAsked);
                          return one + selectOne();
                        }));

    assertThat(answers).hasSize(moreThanThePoolHas).containsOnly(2L);
  }

  @Test
  void runsAgainWhatWasGivenUpWithoutATransaction() {
    AtomicInteger runs = new AtomicInteger();

    long one =
        unitOfWork()
            .withoutTransaction(
                () -> {
                  if (runs.incrementAndGet() == 1) throw givenUp();
                  return selectOne();
                });

    assertThat(one).isOne();
    assertThat(runs).hasValue(2);
  }

  private long selectOne() {
    return session.createNativeQuery("select 1", Long.class).getSingleResult();
  }

  private static PersistenceException givenUp() {
    return new PersistenceException(new SQLException("deadlock detected", "40P01"));
  }

  private StorageKey aTombstone() {
    StorageKey key = new StorageKey(UUID.randomUUID());
    content.bury(key);
    return key;
  }

  private void touch(StorageKey key) {
    int touched =
        session
            .createNativeMutationQuery(
                "update tombstone set attempts = attempts + 1 where storage_key = :key")
            .setParameter("key", key.value())
            .executeUpdate();
    assertThat(touched).isOne();
  }

  private int pid() {
    return session.createNativeQuery("select pg_backend_pid()", Integer.class).getSingleResult();
  }

  private boolean terminate(int pid) {
    return unitOfWork()
        .inTransaction(
            () ->
                session
                    .createNativeQuery("select pg_terminate_backend(:pid, 10000)", Boolean.class)
                    .setParameter("pid", pid)
                    .getSingleResult());
  }

  private boolean lock(StorageKey key) {
    return session
        .createNativeQuery(
            "select true from tombstone where storage_key = :key for update", Boolean.class)
        .setParameter("key", key.value())
        .getSingleResult();
  }

  /** To the end of the transaction. */
  private void set(String setting) {
    var _ = session.createNativeMutationQuery("set local " + setting).executeUpdate();
  }

  private long attempts(List<StorageKey> keys) {
    return unitOfWork()
        .inTransaction(
            () ->
                session
                    .createNativeQuery(
                        "select sum(attempts) from tombstone where storage_key in (:keys)",
                        Long.class)
                    .setParameterList("keys", keys.stream().map(StorageKey::value).toList())
                    .getSingleResult());
  }

  /** Fails on the server with this SQLSTATE. */
  private void raise(String sqlState) {
    var _ =
        session
            .createNativeMutationQuery(
                "do $$ begin raise exception using errcode = '" + sqlState + "'; end $$")
            .executeUpdate();
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      var _ = barrier.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
