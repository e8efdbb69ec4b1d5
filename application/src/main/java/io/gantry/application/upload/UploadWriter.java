package io.gantry.application.upload;

import io.gantry.application.upload.BlobReceiver.Received;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.blob.DigestAlgorithm;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.upload.Upload;
import io.gantry.domain.upload.UploadId;
import io.gantry.domain.upload.UploadRepository;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Makes a request the one writer of a session and takes its body in. A newer writer fences an older
 * one off: the older one's bytes are cut away, and it can record nothing.
 */
public final class UploadWriter {
  private final UploadRepository uploads;
  private final BlobReceiver receiver;
  private final UnitOfWork unitOfWork;
  private final UploadLimits limits;

  public UploadWriter(
      UploadRepository uploads, BlobReceiver receiver, UnitOfWork unitOfWork, UploadLimits limits) {
    this.uploads = uploads;
    this.receiver = receiver;
    this.unitOfWork = unitOfWork;
    this.limits = limits;
  }

  /**
   * Appends and records; a body that ended early is recorded as far as it came, then refused.
   *
   * @param image finds the session's image for a caller who may push; called in a transaction
   */
  Upload append(Supplier<ImageId> image, UploadId id, ChunkBody body) {
    return append(id, body, begin(image, id, body, _ -> {}));
  }

  /**
   * As {@link #append}, for a request that could have become the writer when it saw the session
   * untouched: if another has begun meanwhile, that is the newer one.
   */
  Upload appendUnlessTouched(Supplier<ImageId> image, Upload seen, ChunkBody body) {
    return append(seen.id(), body, begin(image, seen.id(), body, open -> requireNext(seen, open)));
  }

  private Upload append(UploadId id, ChunkBody body, Optional<Upload> begun) {
    Upload upload = begun.orElseThrow(() -> RegistryException.notFound(ResourceType.UPLOAD, id));
    Received received = receive(upload, body, upload.algorithm());
    record(received);
    return received.upload();
  }

  private static void requireNext(Upload seen, Upload begun) {
    if (begun.epoch() != seen.epoch() + 1) throw fenced(seen.id());
  }

  /**
   * Appends without recording, for a caller that commits the session next. The bytes are durable. A
   * body that ended early is recorded as far as it came, then refused.
   *
   * @return empty if there is no open session
   */
  Optional<Upload> appendLast(
      Supplier<ImageId> image, UploadId id, ChunkBody body, DigestAlgorithm algorithm) {
    Optional<Received> received =
        begin(image, id, body, _ -> {}).map(upload -> receive(upload, body, algorithm));
    received.filter(r -> r.cut().isPresent()).ifPresent(this::record);
    return received.map(Received::upload);
  }

  /**
   * Takes the body in. A request that stalled before it had the store to itself may have been
   * overtaken: a newer one's bytes must not be cut off then, so the epoch is asked for again.
   */
  private Received receive(Upload upload, ChunkBody body, DigestAlgorithm algorithm) {
    try {
      return receiver.receive(upload, body, algorithm, () -> isNewest(upload));
    } catch (RegistryException e) {
      if (e.error() instanceof RegistryError.TransientState) letGo(upload);
      throw e;
    }
  }

  /**
   * For a writer that has lost its session. If the session has ended, it may have stored bytes
   * after those of the session were deleted: they must not stay without a name.
   */
  void letGo(Upload upload) {
    if (unitOfWork.inTransaction(() -> uploads.bury(upload.key()))) receiver.discard(upload);
  }

  private boolean isNewest(Upload upload) {
    return unitOfWork
        .inTransaction(() -> uploads.find(upload.image(), upload.id()))
        .filter(now -> now.epoch() == upload.epoch())
        .isPresent();
  }

  /** What {@code requirement} or anything else here throws undoes the beginning. */
  private Optional<Upload> begin(
      Supplier<ImageId> image, UploadId id, ChunkBody body, Consumer<Upload> requirement) {
    body.requireConsistent();
    long announced = body.length().orElse(0);
    return unitOfWork.inTransaction(
        () -> {
          ImageId owner = image.get();
          if (body.range().isPresent()) {
            // Looked at before fencing: a misplaced chunk must not stop the one being written.
            uploads
                .find(owner, id)
                .ifPresent(upload -> requireContinues(upload, body.range().get()));
          }
          Optional<Upload> upload = uploads.beginWrite(owner, id, limits.idle());
          if (upload.isPresent() && body.range().isPresent()) {
            requireContinues(upload.get(), body.range().get());
          }
          upload.ifPresent(requirement);
          upload.ifPresent(open -> limits.requireRoom(open.length(), announced));
          return upload;
        });
  }

  private void record(Received received) {
    Upload upload = received.upload();
    if (!unitOfWork.inTransaction(() -> uploads.advance(upload, limits.idle()))) {
      letGo(upload);
      throw fenced(upload.id());
    }
    receiver.keep(received);
    if (received.cut().isPresent()) {
      throw new RegistryException(
          new RegistryError.BodyTimeout(
              "the body ended early; the upload holds "
                  + upload.length()
                  + " bytes, continue there"),
          received.cut().get());
    }
  }

  private static void requireContinues(Upload upload, ContentRange range) {
    if (range.first() != upload.length()) {
      throw new RegistryException(
          new RegistryError.RangeInvalid(upload.id().toString(), upload.length()));
    }
  }

  /** What a writer hears when a newer one has taken its place. */
  static RegistryException fenced(UploadId id) {
    return new RegistryException(
        new RegistryError.TransientState(
            ResourceType.UPLOAD, id.toString(), "written to by a newer request"));
  }
}
