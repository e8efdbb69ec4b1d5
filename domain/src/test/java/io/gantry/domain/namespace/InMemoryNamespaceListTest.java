package io.gantry.domain.namespace;

import io.gantry.domain.Catalogue;

final class InMemoryNamespaceListTest extends NamespaceListContract {
  private final Catalogue catalogue = Catalogue.inMemory();

  @Override
  protected Catalogue catalogue() {
    return catalogue;
  }
}
