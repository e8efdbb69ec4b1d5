package io.gantry.domain.reclaim;

import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.link.InMemoryContent;
import io.gantry.domain.link.StoredContent;

final class InMemoryUnitOfWorkTest extends UnitOfWorkContract {
  private final InMemoryRegistry registry = new InMemoryRegistry();

  @Override
  protected Garbage garbage() {
    return new InMemoryGarbage(registry);
  }

  @Override
  protected StoredContent content() {
    return new InMemoryContent(registry);
  }
}
