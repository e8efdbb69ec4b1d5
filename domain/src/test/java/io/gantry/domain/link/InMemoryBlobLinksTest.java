package io.gantry.domain.link;

import io.gantry.domain.InMemoryRegistry;

final class InMemoryBlobLinksTest extends BlobLinksContract {
  private final InMemoryRegistry registry = new InMemoryRegistry();

  @Override
  protected BlobLinks links() {
    return new InMemoryBlobLinks(registry);
  }

  @Override
  protected StoredContent content() {
    return new InMemoryContent(registry);
  }
}
