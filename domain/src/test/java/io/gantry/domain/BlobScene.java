package io.gantry.domain;

import io.gantry.domain.link.BlobLinks;
import io.gantry.domain.link.StoredContent;
import io.gantry.domain.reclaim.Garbage;
import io.gantry.domain.reclaim.KeyReserve;
import io.gantry.domain.upload.UploadIntake;
import io.gantry.domain.upload.UploadRepository;
import java.util.function.Supplier;

/** What contracts of one of the {@link BlobPorts} have in common: they look through the others. */
public abstract class BlobScene {
  protected abstract BlobPorts ports();

  protected final StoredContent content() {
    return ports().content();
  }

  protected final UploadRepository uploads() {
    return ports().uploads();
  }

  protected final UploadIntake intake() {
    return ports().intake();
  }

  protected final KeyReserve reserve() {
    return ports().reserve();
  }

  protected final BlobLinks links() {
    return ports().links();
  }

  protected final Garbage garbage() {
    return ports().garbage();
  }

  protected final UnitOfWork unitOfWork() {
    return content().unitOfWork();
  }

  protected final <T> T inTransaction(Supplier<T> work) {
    return unitOfWork().inTransaction(work);
  }
}
