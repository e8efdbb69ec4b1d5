package io.gantry.domain.image;

import io.gantry.domain.Catalogue;

final class InMemoryImagePurgeTest extends ImagePurgeContract {
  private final Catalogue catalogue = Catalogue.inMemory();

  @Override
  protected Catalogue catalogue() {
    return catalogue;
  }
}
