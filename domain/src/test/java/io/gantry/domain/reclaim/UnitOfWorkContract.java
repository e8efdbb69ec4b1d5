package io.gantry.domain.reclaim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.domain.BlobScene;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link UnitOfWork} does, seen by what becomes of a tombstone. */
public abstract class UnitOfWorkContract extends BlobScene {
  @Test
  void returnsWhatTheWorkReturns() {
    assertThat(unitOfWork().<String>inTransaction(() -> "result")).isEqualTo("result");
  }

  @Test
  void whatTheWorkDidIsThereAfterwards() {
    StorageKey key = aTombstone();

    unitOfWork().run(() -> garbage().forget(List.of(key)));

    assertThat(content().tombstones()).isEmpty();
  }

  @Test
  void nothingHappenedIfTheWorkThrows() {
    StorageKey key = aTombstone();
    IllegalArgumentException failure = new IllegalArgumentException("a bug");

    assertThatThrownBy(() -> forgetAndThrow(key, failure)).isSameAs(failure);
    assertThat(content().tombstones()).containsExactly(key);
  }

  @Test
  void nothingHappenedIfTheWorkFailsWithAnError() {
    StorageKey key = aTombstone();
    AssertionError failure = new AssertionError("worse");

    assertThatThrownBy(
            () ->
                unitOfWork()
                    .run(
                        () -> {
                          garbage().forget(List.of(key));
                          throw failure;
                        }))
        .isSameAs(failure);
    assertThat(content().tombstones()).containsExactly(key);
  }

  @Test
  void aRegistryExceptionPassesUnchanged() {
    StorageKey key = aTombstone();
    RegistryException failure =
        new RegistryException(new RegistryError.TooManyRequests(Duration.ofSeconds(1)));

    assertThatThrownBy(() -> forgetAndThrow(key, failure)).isSameAs(failure);
    assertThat(content().tombstones()).containsExactly(key);
  }

  @Test
  void refusesToRunInsideAnother() {
    assertThatThrownBy(() -> unitOfWork().run(() -> unitOfWork().run(() -> {})))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void returnsWhatTheWorkWithoutATransactionReturns() {
    assertThat(unitOfWork().<String>withoutTransaction(() -> "result")).isEqualTo("result");
  }

  @Test
  void whatFailsWithoutATransactionPassesUnchanged() {
    RegistryException failure =
        new RegistryException(new RegistryError.TooManyRequests(Duration.ofSeconds(1)));

    assertThatThrownBy(
            () ->
                unitOfWork()
                    .withoutTransaction(
                        () -> {
                          throw failure;
                        }))
        .isSameAs(failure);
  }

  @Test
  void refusesToRunWithoutATransactionInsideOne() {
    assertThatThrownBy(
            () ->
                unitOfWork()
                    .inTransaction(() -> unitOfWork().<Boolean>withoutTransaction(() -> true)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void runsAgainAfterOneThatFailed() {
    assertThatThrownBy(() -> forgetAndThrow(aTombstone(), new IllegalStateException("a bug")))
        .isInstanceOf(IllegalStateException.class);

    assertThat(unitOfWork().<String>inTransaction(() -> "result")).isEqualTo("result");
  }

  private void forgetAndThrow(StorageKey key, RuntimeException failure) {
    unitOfWork()
        .run(
            () -> {
              garbage().forget(List.of(key));
              throw failure;
            });
  }

  private StorageKey aTombstone() {
    StorageKey key = new StorageKey(UUID.randomUUID());
    content().bury(key);
    return key;
  }
}
