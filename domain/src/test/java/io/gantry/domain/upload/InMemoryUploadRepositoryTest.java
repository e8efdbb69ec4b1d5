package io.gantry.domain.upload;

import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.link.BlobLinks;
import io.gantry.domain.link.InMemoryBlobLinks;
import io.gantry.domain.link.InMemoryContent;
import io.gantry.domain.link.StoredContent;
import io.gantry.domain.reclaim.Garbage;
import io.gantry.domain.reclaim.InMemoryGarbage;

final class InMemoryUploadRepositoryTest extends UploadRepositoryContract {
  private final InMemoryRegistry registry = new InMemoryRegistry();

  @Override
  protected UploadRepository uploads() {
    return new InMemoryUploadRepository(registry);
  }

  @Override
  protected BlobLinks links() {
    return new InMemoryBlobLinks(registry);
  }

  @Override
  protected Garbage garbage() {
    return new InMemoryGarbage(registry);
  }

  @Override
  protected StoredContent content() {
    return new InMemoryContent(registry);
  }
}
