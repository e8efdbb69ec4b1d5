package io.gantry.grpc;

import io.gantry.domain.access.ApiKey;
import io.gantry.domain.access.KeyRepository;
import io.gantry.domain.access.PoisonedKeyRepository;
import io.gantry.domain.access.SecretHash;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Keeps callers with a certain secret waiting, besides failing on another. */
final class TrappedKeyRepository extends PoisonedKeyRepository {
  private final SecretHash held;
  private final Semaphore arrived = new Semaphore(0);
  private final Semaphore released = new Semaphore(0);
  private final Semaphore gone = new Semaphore(0);

  TrappedKeyRepository(KeyRepository sound, SecretHash poison, SecretHash held) {
    super(sound, poison);
    this.held = held;
  }

  /** Waits for a caller to be held. */
  void awaitArrival() {
    take(arrived);
  }

  /** Lets one caller go on, and waits until they have. */
  void release() {
    released.release();
    take(gone);
  }

  @Override
  public Optional<ApiKey> findBySecret(SecretHash secretHash) {
    if (secretHash.equals(held)) {
      arrived.release();
      take(released);
      gone.release();
    }
    return super.findBySecret(secretHash);
  }

  private static void take(Semaphore semaphore) {
    try {
      if (!semaphore.tryAcquire(20, TimeUnit.SECONDS)) throw new AssertionError("nobody came");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
