package io.gantry.application.upload;

import io.gantry.application.repository.RepositoryAccess;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.link.BlobLinks;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.upload.Upload;
import io.gantry.domain.upload.UploadId;
import io.gantry.domain.upload.UploadRepository;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Closes an upload as a blob, OCI Distribution "Pushing blobs" (closing {@code PUT}), with the last
 * chunk, the whole blob or nothing in the body. The bytes are durable and verified before the blob
 * exists; closing again with the same digest gives the same answer.
 */
public final class CommitUpload {
  private final RepositoryAccess repositories;
  private final UploadWriter writer;
  private final BlobReceiver receiver;
  private final QuickPath quick;
  private final UploadRepository uploads;
  private final BlobLinks links;
  private final UnitOfWork unitOfWork;
  private final UploadLimits limits;

  public CommitUpload(
      RepositoryAccess repositories,
      UploadWriter writer,
      BlobReceiver receiver,
      QuickPath quick,
      UploadRepository uploads,
      BlobLinks links,
      UnitOfWork unitOfWork,
      UploadLimits limits) {
    this.repositories = repositories;
    this.writer = writer;
    this.receiver = receiver;
    this.quick = quick;
    this.uploads = uploads;
    this.links = links;
    this.unitOfWork = unitOfWork;
    this.limits = limits;
  }

  /**
   * Returns when the blob is durable in the image.
   *
   * @throws RegistryException {@code DigestMismatch} if the content is another; the session ends
   */
  public void handle(
      Caller caller,
      Region region,
      RepositoryPath path,
      UploadId id,
      Digest claimed,
      ChunkBody body) {
    Supplier<ImageId> image = () -> repositories.requireImage(caller, Action.PUSH, region, path);
    try {
      if (WholeBody.fits(body)) {
        ImageId known =
            repositories
                .remembered(caller, region, path)
                .orElseGet(() -> unitOfWork.inTransaction(image));
        limits.requireRoom(0, body.length().orElseThrow());
        closeWhole(image, known, id, claimed, WholeBody.read(body));
      } else {
        closeStreamed(image, id, claimed, body);
      }
    } catch (RegistryException e) {
      if (!lost(e) || !unitOfWork.inTransaction(() -> find(image.get(), id, claimed)).closed()) {
        throw e;
      }
    }
  }

  /**
   * Whether it failed because another request has the session. If that one is the same request,
   * sent again while this one was under way, both have succeeded.
   */
  private static boolean lost(RegistryException e) {
    return switch (e.error()) {
      case RegistryError.TransientState _ -> true;
      case RegistryError.NotFound notFound -> notFound.resource() == ResourceType.UPLOAD;
      default -> false;
    };
  }

  /** The quick way, and if that says no, the ordinary one, which finds out why. */
  private void closeWhole(
      Supplier<ImageId> image, ImageId known, UploadId id, Digest claimed, byte[] bytes) {
    Digest actual = Digest.of(claimed.algorithm(), bytes);
    if (closeQuickly(known, id, claimed, actual, bytes)) return;

    Found found = unitOfWork.inTransaction(() -> find(image.get(), id, claimed));
    if (found.closed()) return;
    Upload open =
        found.open().orElseThrow(() -> RegistryException.notFound(ResourceType.UPLOAD, id));
    if (open.epoch() > 0 && bytes.length == 0) {
      commit(open, claimed);
    } else if (open.epoch() > 0 || actual.equals(claimed)) {
      closeStreamed(image, id, claimed, ChunkBody.of(bytes));
    } else {
      refuse(open, claimed, actual);
    }
  }

  /** With all of the blob in this request, or all of it in the only one before. */
  private boolean closeQuickly(
      ImageId known, UploadId id, Digest claimed, Digest actual, byte[] bytes) {
    if (actual.equals(claimed)) return quick.close(known, id, claimed, bytes);
    if (bytes.length > 0 || !quick.finish(known, id, claimed)) return false;
    receiver.forget(id);
    return true;
  }

  private void closeStreamed(Supplier<ImageId> image, UploadId id, Digest claimed, ChunkBody body) {
    Optional<Upload> written = writer.appendLast(image, id, body, claimed.algorithm());
    if (written.isPresent()) commit(written.get(), claimed);
    else if (!unitOfWork.inTransaction(() -> find(image.get(), id, claimed)).closed()) {
      throw RegistryException.notFound(ResourceType.UPLOAD, id);
    }
  }

  /**
   * What became of a session.
   *
   * @param open the session while it can be written to
   * @param closed whether it ended with the claimed digest, and the image still has that blob
   */
  private record Found(Optional<Upload> open, boolean closed) {}

  private Found find(ImageId image, UploadId id, Digest claimed) {
    Optional<Upload> open = uploads.find(image, id);
    boolean closed =
        open.isEmpty()
            && uploads.closedAs(image, id).filter(claimed::equals).isPresent()
            && links.find(image, claimed).isPresent();
    return new Found(open, closed);
  }

  /**
   * Ends the session for its content, unless a newer request has taken it over meanwhile: then what
   * was read may have been a mixture, and says nothing about the content.
   */
  private void refuse(Upload upload, Digest claimed, Digest actual) {
    if (!unitOfWork.inTransaction(() -> end(upload))) throw UploadWriter.fenced(upload.id());
    throw new RegistryException(
        new RegistryError.DigestMismatch(claimed.toString(), actual.toString()));
  }

  /** Ends the session, unless a newer request has taken it over meanwhile. */
  private boolean end(Upload upload) {
    boolean current =
        uploads
            .find(upload.image(), upload.id())
            .filter(now -> now.epoch() == upload.epoch())
            .isPresent();
    return current && uploads.cancel(upload.image(), upload.id());
  }

  private void commit(Upload upload, Digest claimed) {
    Digest actual = receiver.digest(upload, claimed.algorithm());
    if (!actual.equals(claimed)) refuse(upload, claimed, actual);

    Blob blob = new Blob(claimed, new ByteSize(upload.length()), upload.key());
    boolean closed =
        unitOfWork.inTransaction(
            () -> {
              if (!uploads.close(upload, claimed, limits.remember())) return false;
              var _ = links.add(upload.image(), blob, limits.lease());
              return true;
            });
    if (!closed) {
      writer.letGo(upload);
      throw UploadWriter.fenced(upload.id());
    }
    receiver.forget(upload.id());
  }
}
