package io.gantry.application.upload;

import io.gantry.application.repository.RepositoryAccess;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.upload.Upload;
import io.gantry.domain.upload.UploadId;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Adds bytes to an upload, OCI Distribution "Pushing a blob in chunks" ({@code PATCH}), with or
 * without saying where they belong.
 */
public final class AppendUpload {
  private final RepositoryAccess repositories;
  private final UploadWriter writer;
  private final QuickPath quick;
  private final RunningDigests digests;
  private final BodyMemory memory;
  private final UnitOfWork unitOfWork;

  public AppendUpload(
      RepositoryAccess repositories,
      UploadWriter writer,
      QuickPath quick,
      RunningDigests digests,
      BodyMemory memory,
      UnitOfWork unitOfWork) {
    this.repositories = repositories;
    this.writer = writer;
    this.quick = quick;
    this.digests = digests;
    this.memory = memory;
    this.unitOfWork = unitOfWork;
  }

  /**
   * Returns when the bytes are durable. If the body ends early, what arrived is kept and the
   * session can be continued.
   */
  public UploadStatus handle(
      Caller caller, Region region, RepositoryPath path, UploadId id, ChunkBody body) {
    return new UploadStatus(id, append(caller, region, path, id, body).length());
  }

  private Upload append(
      Caller caller, Region region, RepositoryPath path, UploadId id, ChunkBody body) {
    Supplier<ImageId> image = () -> repositories.requireImage(caller, Action.PUSH, region, path);
    int most = memory.buffer();
    if (!ReadAhead.isWorthwhile(body, most)) return writer.append(image, id, body);

    ImageId known =
        repositories
            .remembered(caller, region, path)
            .orElseGet(() -> unitOfWork.inTransaction(image));
    return quick
        .untouched(known, id)
        .map(seen -> appendFirst(image, seen, body, most))
        .orElseGet(() -> writer.append(image, id, body));
  }

  /**
   * The quick way for a body that turns out small, and if that says no, or for any other, the
   * ordinary one. As the body is read before this request becomes the session's writer, it must not
   * become that behind one that came later.
   */
  private Upload appendFirst(Supplier<ImageId> image, Upload seen, ChunkBody body, int most) {
    ReadAhead read = ReadAhead.of(body, most);
    return read.whole()
        .flatMap(bytes -> write(seen, bytes))
        .orElseGet(() -> writer.appendUnlessTouched(image, seen, read.body()));
  }

  private Optional<Upload> write(Upload seen, byte[] bytes) {
    if (bytes.length == 0) return Optional.empty();
    RunningDigest digest = new RunningDigest(seen.algorithm());
    digest.update(bytes, bytes.length);
    Optional<Upload> written = quick.write(seen, digest.value(), bytes);
    written.ifPresent(upload -> digests.keep(upload, digest));
    return written;
  }
}
