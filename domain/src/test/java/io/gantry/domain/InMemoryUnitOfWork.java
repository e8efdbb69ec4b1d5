package io.gantry.domain;

import java.util.function.Supplier;

/** Transactions over an {@link InMemoryRegistry}: one at a time, undone when the work throws. */
public final class InMemoryUnitOfWork implements UnitOfWork {
  private final InMemoryRegistry registry;

  public InMemoryUnitOfWork(InMemoryRegistry registry) {
    this.registry = registry;
  }

  @Override
  public <T> T inTransaction(Supplier<T> work) {
    return registry.transaction(work);
  }

  @Override
  public <T> T withoutTransaction(Supplier<T> work) {
    return registry.withoutTransaction(work);
  }
}
