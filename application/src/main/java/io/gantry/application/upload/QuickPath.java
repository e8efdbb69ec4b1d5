package io.gantry.application.upload;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.gantry.application.group.Grouped;
import io.gantry.application.group.Grouped.Repeats;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.BlobStore;
import io.gantry.domain.blob.BlobWriter;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.upload.Arrival;
import io.gantry.domain.upload.Upload;
import io.gantry.domain.upload.UploadId;
import io.gantry.domain.upload.UploadIntake;
import io.gantry.domain.upload.UploadRepository;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * The short way of small blobs: a session is opened in an image that is known from before, and a
 * body that has come whole is stored under a reserved key and recorded, each by a statement that it
 * shares with other requests. Saying no here decides nothing: the ordinary way finds out why.
 */
public final class QuickPath {
  private final BlobStore store;
  private final ReservedKeys keys;
  private final UploadRepository uploads;
  private final UnitOfWork unitOfWork;
  private final Grouped<UploadId, Upload, UploadId> opening;
  private final Grouped<UploadId, Arrival, UploadId> closing;

  /**
   * @param opening runs what opens sessions, one task at a time
   * @param closing runs what records blobs, one task at a time
   */
  public QuickPath(
      BlobStore store,
      ReservedKeys keys,
      UploadIntake intake,
      UploadRepository uploads,
      UnitOfWork unitOfWork,
      UploadLimits limits,
      Executor opening,
      Executor closing) {
    this.store = store;
    this.keys = keys;
    this.uploads = uploads;
    this.unitOfWork = unitOfWork;
    this.opening =
        new Grouped<>(
            opened -> each(intake.open(opened, limits.idle())),
            Upload::id,
            Repeats.WAIT,
            unitOfWork,
            opening);
    this.closing =
        new Grouped<>(
            arrivals -> each(intake.close(arrivals, limits.remember(), limits.lease())),
            Arrival::upload,
            Repeats.WAIT,
            unitOfWork,
            closing);
  }

  /** Those that were done, as answers. */
  private static Map<UploadId, UploadId> each(Set<UploadId> done) {
    return done.stream().collect(toMap(identity(), identity()));
  }

  /** Opens a session; false if its image is not usable any more. */
  boolean open(Upload upload) {
    return opening.handle(upload).isPresent();
  }

  /**
   * Makes these bytes, which have this digest, the blob that the session becomes. Returns when that
   * is durable.
   *
   * @return false if the session is not open and untouched in a usable image
   */
  boolean close(ImageId image, UploadId id, Digest digest, byte[] bytes) {
    StorageKey key = keys.take();
    Blob blob = new Blob(digest, new ByteSize(bytes.length), key);
    boolean recorded = false;
    try {
      try (BlobWriter writer = store.append(key, ByteSize.ZERO)) {
        writer.write(ByteBuffer.wrap(bytes));
        writer.sync();
      }
      recorded = closing.handle(new Arrival(image, id, blob)).isPresent();
    } finally {
      if (!recorded) letGo(key);
    }
    return recorded;
  }

  /** The bytes may have been stored after the key's period: they must not stay without a name. */
  private void letGo(StorageKey key) {
    if (unitOfWork.inTransaction(() -> uploads.bury(key))) store.delete(key);
  }
}
