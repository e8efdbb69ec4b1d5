package io.gantry.persistence;

import io.gantry.domain.UnitOfWork;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A transaction of another thread that has done its work and waits to be committed. */
public final class OpenTransaction<T> implements AutoCloseable {
  private final CompletableFuture<Boolean> worked = new CompletableFuture<>();
  private final CompletableFuture<Boolean> mayCommit = new CompletableFuture<>();
  private final CompletableFuture<T> running;

  /** Returns when {@code work} is done. */
  public OpenTransaction(UnitOfWork unitOfWork, Supplier<T> work) {
    running = AtOnce.start(() -> unitOfWork.inTransaction(() -> workAndWait(work)));
    var _ = AtOnce.join(worked);
  }

  private T workAndWait(Supplier<T> work) {
    T result;
    try {
      result = work.get();
    } finally {
      worked.complete(true);
    }
    var _ = AtOnce.join(mayCommit);
    return result;
  }

  public T commit() {
    mayCommit.complete(true);
    return AtOnce.join(running);
  }

  @Override
  public void close() {
    mayCommit.complete(true);
  }
}
