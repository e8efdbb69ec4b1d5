package io.gantry.application.upload;

import static io.gantry.application.repository.DataPlane.LIMITS;
import static io.gantry.application.repository.DataPlane.digestOf;
import static io.gantry.application.upload.Uploads.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.application.repository.DataPlane;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.upload.UploadId;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A request that becomes a session's writer, and stalls before it opens the store. */
final class StaleWriterTest {
  private final DataPlane plane = new DataPlane();
  private final Uploads newer = new Uploads(plane);
  private final UploadId id = newer.start();

  @Test
  void spoilsNothingThatANewerOneWasAcknowledged() {
    BlobReceiver receiver = new BlobReceiver(plane.store, new RunningDigests());
    UploadWriter writer = new UploadWriter(plane.uploads, receiver, new Stalling(), LIMITS);
    AppendUpload older = new AppendUpload(plane.repositories, writer);
    assertThatThrownBy(
            () -> older.handle(plane.owner, DataPlane.REGION, DataPlane.APP, id, body("old")))
        .isInstanceOf(RegistryException.class);
    newer.commit(id, digestOf("hello"), ChunkBody.empty());
    assertThat(newer.pulled(digestOf("hello"))).isEqualTo("hello");
  }

  /** Lets the newer request in, once, right after the older one has begun. */
  private final class Stalling implements UnitOfWork {
    private boolean stalled;

    @Override
    public <T> T inTransaction(Supplier<T> work) {
      T result = plane.unitOfWork.inTransaction(work);
      if (!stalled) {
        stalled = true;
        newer.append(id, body("hello"));
      }
      return result;
    }
  }
}
