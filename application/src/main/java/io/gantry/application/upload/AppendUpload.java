package io.gantry.application.upload;

import io.gantry.application.repository.RepositoryAccess;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.upload.Upload;
import io.gantry.domain.upload.UploadId;

/**
 * Adds bytes to an upload, OCI Distribution "Pushing a blob in chunks" ({@code PATCH}), with or
 * without saying where they belong.
 */
public final class AppendUpload {
  private final RepositoryAccess repositories;
  private final UploadWriter writer;

  public AppendUpload(RepositoryAccess repositories, UploadWriter writer) {
    this.repositories = repositories;
    this.writer = writer;
  }

  /**
   * Returns when the bytes are durable. If the body ends early, what arrived is kept and the
   * session can be continued.
   */
  public UploadStatus handle(
      Caller caller, Region region, RepositoryPath path, UploadId id, ChunkBody body) {
    Upload upload =
        writer.append(() -> repositories.requireImage(caller, Action.PUSH, region, path), id, body);
    return new UploadStatus(id, upload.length());
  }
}
