package io.gantry.domain.upload;

import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.link.InMemoryContent;
import io.gantry.domain.link.StoredContent;

final class InMemoryUploadRepositoryTest extends UploadRepositoryContract {
  private final InMemoryRegistry registry = new InMemoryRegistry();

  @Override
  protected UploadRepository uploads() {
    return new InMemoryUploadRepository(registry);
  }

  @Override
  protected StoredContent content() {
    return new InMemoryContent(registry);
  }
}
