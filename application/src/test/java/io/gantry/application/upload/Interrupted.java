package io.gantry.application.upload;

import io.gantry.domain.UnitOfWork;
import java.util.function.Supplier;

/** Lets others go on, once, right after the first transaction. */
final class Interrupted implements UnitOfWork {
  private final UnitOfWork inner;
  private final Runnable meanwhile;
  private boolean done;

  Interrupted(UnitOfWork inner, Runnable meanwhile) {
    this.inner = inner;
    this.meanwhile = meanwhile;
  }

  @Override
  public <T> T inTransaction(Supplier<T> work) {
    T result = inner.inTransaction(work);
    if (!done) {
      done = true;
      meanwhile.run();
    }
    return result;
  }
}
