package io.gantry.domain.tag;

import io.gantry.domain.Catalogue;

final class InMemoryTagRepositoryTest extends TagRepositoryContract {
  private final Catalogue catalogue = Catalogue.inMemory();

  @Override
  protected Catalogue catalogue() {
    return catalogue;
  }
}
