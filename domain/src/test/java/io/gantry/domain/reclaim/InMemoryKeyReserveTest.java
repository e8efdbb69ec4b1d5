package io.gantry.domain.reclaim;

import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.link.InMemoryContent;
import io.gantry.domain.link.StoredContent;

final class InMemoryKeyReserveTest extends KeyReserveContract {
  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final KeyReserve reserve = new InMemoryKeyReserve(registry);

  @Override
  protected KeyReserve reserve() {
    return reserve;
  }

  @Override
  protected Garbage garbage() {
    return new InMemoryGarbage(registry);
  }

  @Override
  protected StoredContent content() {
    return new InMemoryContent(registry);
  }
}
