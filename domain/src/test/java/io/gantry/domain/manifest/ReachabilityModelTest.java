package io.gantry.domain.manifest;

import io.gantry.domain.Catalogue;

final class ReachabilityModelTest extends ReachabilityModelContract {
  private final Catalogue catalogue = Catalogue.inMemory();

  @Override
  protected Catalogue catalogue() {
    return catalogue;
  }

  @Override
  protected int operations() {
    return 500;
  }
}
