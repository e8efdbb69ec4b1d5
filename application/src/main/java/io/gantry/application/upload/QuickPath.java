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
import io.gantry.domain.upload.Claim;
import io.gantry.domain.upload.Upload;
import io.gantry.domain.upload.UploadId;
import io.gantry.domain.upload.UploadIntake;
import io.gantry.domain.upload.UploadRepository;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The short way of small blobs: a session is opened in an image that is known from before, a body
 * that has come whole is stored under a reserved key and recorded, and a session is closed that
 * holds all of its blob; each by a statement that it shares with other requests. Saying no here
 * decides nothing: the ordinary way finds out why.
 */
public final class QuickPath {
  private final BlobStore store;
  private final ReservedKeys keys;
  private final UploadRepository uploads;
  private final UnitOfWork unitOfWork;
  private final UploadLimits limits;
  private final Grouped<UploadId, Upload, UploadId> opening;
  private final Grouped<UploadId, UploadId, Upload> looking;
  private final Grouped<UploadId, Arrival, UploadId> writing;
  private final Grouped<UploadId, Arrival, UploadId> closing;
  private final Grouped<UploadId, Claim, UploadId> finishing;

  public QuickPath(
      BlobStore store,
      ReservedKeys keys,
      UploadIntake intake,
      UploadRepository uploads,
      UnitOfWork unitOfWork,
      UploadLimits limits) {
    this.store = store;
    this.keys = keys;
    this.uploads = uploads;
    this.unitOfWork = unitOfWork;
    this.limits = limits;
    this.opening =
        new Grouped<>(
            opened -> each(intake.open(opened, limits.idle())),
            Upload::id,
            Repeats.WAIT,
            unitOfWork);
    this.looking =
        new Grouped<>(ids -> byId(intake.untouched(ids)), identity(), Repeats.SHARE, unitOfWork);
    this.writing =
        new Grouped<>(
            arrivals -> each(intake.write(arrivals, limits.idle())),
            Arrival::upload,
            Repeats.WAIT,
            unitOfWork);
    this.closing =
        new Grouped<>(
            arrivals -> each(intake.close(arrivals, limits.remember(), limits.lease())),
            Arrival::upload,
            Repeats.WAIT,
            unitOfWork);
    this.finishing =
        new Grouped<>(
            claims -> each(intake.finish(claims, limits.remember(), limits.lease())),
            Claim::upload,
            Repeats.WAIT,
            unitOfWork);
  }

  /** Those that were done, as answers. */
  private static Map<UploadId, UploadId> each(Set<UploadId> done) {
    return done.stream().collect(toMap(identity(), identity()));
  }

  private static Map<UploadId, Upload> byId(Collection<Upload> found) {
    return found.stream().collect(toMap(Upload::id, identity()));
  }

  /** Opens a session; false if its image is not usable any more. */
  boolean open(Upload upload) {
    return opening.handle(upload).isPresent();
  }

  /** The session, if it is open in this image and nobody has begun to write to it. */
  Optional<Upload> untouched(ImageId image, UploadId id) {
    return looking.handle(id).filter(upload -> upload.image().equals(image));
  }

  /**
   * Makes these bytes, which have this digest, the first of a session that was seen untouched.
   * Returns when that is durable.
   *
   * @return the session with them, as the first writer would have left it; empty if it is not open
   *     and untouched in a usable image any more
   */
  Optional<Upload> write(Upload seen, Digest digest, byte[] bytes) {
    limits.requireRoom(0, bytes.length);
    Blob blob = new Blob(digest, new ByteSize(bytes.length), keys.take());
    if (!record(new Arrival(seen.image(), seen.id(), blob), bytes, writing)) {
      return Optional.empty();
    }
    return Optional.of(
        new Upload(seen.id(), seen.image(), blob.key(), bytes.length, 1, Optional.of(digest)));
  }

  /**
   * Makes these bytes, which have this digest, the blob that the session becomes. Returns when that
   * is durable.
   *
   * @return false if the session is not open and untouched in a usable image
   */
  boolean close(ImageId image, UploadId id, Digest digest, byte[] bytes) {
    Blob blob = new Blob(digest, new ByteSize(bytes.length), keys.take());
    return record(new Arrival(image, id, blob), bytes, closing);
  }

  /**
   * Makes what the session holds the blob that it becomes. Returns when that is durable.
   *
   * @return false if the session is not open in a usable image, or not known to hold this and to be
   *     written to by nobody
   */
  boolean finish(ImageId image, UploadId id, Digest digest) {
    return finishing.handle(new Claim(image, id, digest)).isPresent();
  }

  private boolean record(
      Arrival arrival, byte[] bytes, Grouped<UploadId, Arrival, UploadId> recording) {
    StorageKey key = arrival.blob().key();
    boolean recorded = false;
    try {
      try (BlobWriter writer = store.append(key, ByteSize.ZERO)) {
        writer.write(ByteBuffer.wrap(bytes));
        writer.sync();
      }
      recorded = recording.handle(arrival).isPresent();
    } finally {
      if (!recorded) recorded = !letGo(key);
    }
    return recorded;
  }

  /**
   * The bytes may have been stored after the key's period: they must not stay without a name.
   *
   * @return false if they have become something: the statement was done, its answer was lost, and
   *     the one that was made again could not do it twice
   */
  private boolean letGo(StorageKey key) {
    boolean gone = unitOfWork.inTransaction(() -> uploads.bury(key));
    if (gone) store.delete(key);
    return gone;
  }
}
