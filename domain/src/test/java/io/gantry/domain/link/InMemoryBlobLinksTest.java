package io.gantry.domain.link;

import io.gantry.domain.BlobPorts;

final class InMemoryBlobLinksTest extends BlobLinksContract {
  private final BlobPorts ports = BlobPorts.inMemory();

  @Override
  protected BlobPorts ports() {
    return ports;
  }
}
