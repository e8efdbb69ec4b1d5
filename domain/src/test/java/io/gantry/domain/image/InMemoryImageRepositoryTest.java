package io.gantry.domain.image;

import io.gantry.domain.Catalogue;

final class InMemoryImageRepositoryTest extends ImageRepositoryContract {
  private final Catalogue catalogue = Catalogue.inMemory();

  @Override
  protected Catalogue catalogue() {
    return catalogue;
  }
}
