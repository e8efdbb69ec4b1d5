package io.gantry.domain.upload;

import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.link.BlobLinks;
import io.gantry.domain.link.InMemoryBlobLinks;
import io.gantry.domain.link.InMemoryContent;
import io.gantry.domain.link.StoredContent;
import io.gantry.domain.reclaim.InMemoryKeyReserve;
import io.gantry.domain.reclaim.KeyReserve;

final class InMemoryStreamedIntakeTest extends StreamedIntakeContract {
  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final InMemoryKeyReserve reserve = new InMemoryKeyReserve(registry);
  private final UploadIntake intake = new InMemoryUploadIntake(registry, reserve);
  private final UploadRepository uploads = new InMemoryUploadRepository(registry);
  private final BlobLinks links = new InMemoryBlobLinks(registry);
  private final StoredContent content = new InMemoryContent(registry);

  @Override
  protected UploadIntake intake() {
    return intake;
  }

  @Override
  protected UploadRepository uploads() {
    return uploads;
  }

  @Override
  protected BlobLinks links() {
    return links;
  }

  @Override
  protected KeyReserve reserve() {
    return reserve;
  }

  @Override
  protected StoredContent content() {
    return content;
  }
}
