package io.gantry.domain.manifest;

import io.gantry.domain.Catalogue;

final class ReachabilityTest extends ReachabilityContract {
  private final Catalogue catalogue = Catalogue.inMemory();

  @Override
  protected Catalogue catalogue() {
    return catalogue;
  }
}
