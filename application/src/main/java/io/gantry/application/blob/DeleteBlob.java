package io.gantry.application.blob;

import io.gantry.application.repository.RepositoryAccess;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.link.BlobLinks;
import io.gantry.domain.namespace.Region;

/**
 * Takes a blob from an image, OCI Distribution "Deleting Blobs". Its bytes go when no image has it
 * any more. Refused while a manifest of the image refers to it.
 */
public final class DeleteBlob {
  private final RepositoryAccess repositories;
  private final BlobLinks links;
  private final UnitOfWork unitOfWork;

  public DeleteBlob(RepositoryAccess repositories, BlobLinks links, UnitOfWork unitOfWork) {
    this.repositories = repositories;
    this.links = links;
    this.unitOfWork = unitOfWork;
  }

  public void handle(Caller caller, Region region, RepositoryPath path, Digest digest) {
    unitOfWork.run(
        () -> {
          ImageId image = repositories.requireImage(caller, Action.DELETE, region, path);
          if (!links.remove(image, digest)) {
            throw RegistryException.notFound(ResourceType.BLOB, digest);
          }
        });
  }
}
