package io.gantry.domain.reclaim;

import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.link.BlobLinks;
import io.gantry.domain.link.InMemoryBlobLinks;
import io.gantry.domain.link.InMemoryContent;
import io.gantry.domain.link.StoredContent;
import io.gantry.domain.upload.InMemoryUploadRepository;
import io.gantry.domain.upload.UploadRepository;

final class InMemoryGarbageTest extends GarbageContract {
  private final InMemoryRegistry registry = new InMemoryRegistry();

  @Override
  protected Garbage garbage() {
    return new InMemoryGarbage(registry);
  }

  @Override
  protected BlobLinks links() {
    return new InMemoryBlobLinks(registry);
  }

  @Override
  protected UploadRepository uploads() {
    return new InMemoryUploadRepository(registry);
  }

  @Override
  protected StoredContent content() {
    return new InMemoryContent(registry);
  }
}
