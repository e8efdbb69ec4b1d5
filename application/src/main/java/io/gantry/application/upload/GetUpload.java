package io.gantry.application.upload;

import io.gantry.application.repository.RepositoryAccess;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.upload.UploadId;
import io.gantry.domain.upload.UploadRepository;

/** Says how far an upload has come, OCI Distribution "Pushing a blob in chunks" ({@code GET}). */
public final class GetUpload {
  private final RepositoryAccess repositories;
  private final UploadRepository uploads;
  private final UnitOfWork unitOfWork;

  public GetUpload(RepositoryAccess repositories, UploadRepository uploads, UnitOfWork unitOfWork) {
    this.repositories = repositories;
    this.uploads = uploads;
    this.unitOfWork = unitOfWork;
  }

  public UploadStatus handle(Caller caller, Region region, RepositoryPath path, UploadId id) {
    return unitOfWork
        .withoutTransaction(
            () -> uploads.find(repositories.requireImage(caller, Action.PUSH, region, path), id))
        .map(upload -> new UploadStatus(id, upload.length()))
        .orElseThrow(() -> RegistryException.notFound(ResourceType.UPLOAD, id));
  }
}
