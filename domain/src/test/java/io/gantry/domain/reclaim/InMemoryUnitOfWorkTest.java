package io.gantry.domain.reclaim;

import io.gantry.domain.BlobPorts;

final class InMemoryUnitOfWorkTest extends UnitOfWorkContract {
  private final BlobPorts ports = BlobPorts.inMemory();

  @Override
  protected BlobPorts ports() {
    return ports;
  }
}
