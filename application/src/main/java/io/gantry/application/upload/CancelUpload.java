package io.gantry.application.upload;

import io.gantry.application.repository.RepositoryAccess;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.upload.UploadId;
import io.gantry.domain.upload.UploadRepository;

/** Ends an upload without a blob, OCI Distribution "Canceling an upload". Needs only push. */
public final class CancelUpload {
  private final RepositoryAccess repositories;
  private final UploadRepository uploads;
  private final UnitOfWork unitOfWork;

  public CancelUpload(
      RepositoryAccess repositories, UploadRepository uploads, UnitOfWork unitOfWork) {
    this.repositories = repositories;
    this.uploads = uploads;
    this.unitOfWork = unitOfWork;
  }

  public void handle(Caller caller, Region region, RepositoryPath path, UploadId id) {
    unitOfWork.run(
        () -> {
          ImageId image = repositories.requireImage(caller, Action.PUSH, region, path);
          if (!uploads.cancel(image, id)) {
            throw RegistryException.notFound(ResourceType.UPLOAD, id);
          }
        });
  }
}
