package io.gantry.domain.upload;

import io.gantry.domain.BlobPorts;

final class InMemoryUploadRepositoryTest extends UploadRepositoryContract {
  private final BlobPorts ports = BlobPorts.inMemory();

  @Override
  protected BlobPorts ports() {
    return ports;
  }
}
