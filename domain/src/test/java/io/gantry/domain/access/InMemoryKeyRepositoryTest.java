package io.gantry.domain.access;

import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.InMemoryUnitOfWork;
import io.gantry.domain.UnitOfWork;

final class InMemoryKeyRepositoryTest extends KeyRepositoryContract {
  private final KeyRepository keys = new InMemoryKeyRepository();
  private final UnitOfWork unitOfWork = new InMemoryUnitOfWork(new InMemoryRegistry());

  @Override
  protected KeyRepository keys() {
    return keys;
  }

  @Override
  protected UnitOfWork unitOfWork() {
    return unitOfWork;
  }
}
