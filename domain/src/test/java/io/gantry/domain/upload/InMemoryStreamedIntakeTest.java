package io.gantry.domain.upload;

import io.gantry.domain.BlobPorts;

final class InMemoryStreamedIntakeTest extends StreamedIntakeContract {
  private final BlobPorts ports = BlobPorts.inMemory();

  @Override
  protected BlobPorts ports() {
    return ports;
  }
}
