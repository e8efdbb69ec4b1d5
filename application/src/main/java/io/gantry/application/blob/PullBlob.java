package io.gantry.application.blob;

import io.gantry.application.repository.RepositoryAccess;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.BlobContent;
import io.gantry.domain.blob.BlobStore;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.Repository;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.link.BlobLinks;
import io.gantry.domain.namespace.Region;
import java.time.Duration;
import java.util.Optional;

/**
 * Finds a blob to be read: OCI Distribution "Pulling blobs" and "Checking if content exists in the
 * registry". To a caller who may push, the answer is a promise that the blob stays long enough to
 * be referred to.
 */
public final class PullBlob {
  private final RepositoryAccess repositories;
  private final BlobLinks links;
  private final BlobStore store;
  private final UnitOfWork unitOfWork;
  private final Duration lease;

  public PullBlob(
      RepositoryAccess repositories,
      BlobLinks links,
      BlobStore store,
      UnitOfWork unitOfWork,
      Duration lease) {
    this.repositories = repositories;
    this.links = links;
    this.store = store;
    this.unitOfWork = unitOfWork;
    this.lease = lease;
  }

  /** The blob that {@code path} has under this digest. */
  public Blob handle(Caller caller, Region region, RepositoryPath path, Digest digest) {
    return unitOfWork.inTransaction(() -> find(caller, region, path, digest));
  }

  private Blob find(Caller caller, Region region, RepositoryPath path, Digest digest) {
    Repository repository = repositories.require(caller, Action.PULL, region, path);
    ImageId image = repositories.imageOf(caller, repository);
    Optional<Blob> blob =
        repositories.permits(caller, Action.PUSH, repository)
            ? links.findAndLease(image, digest, lease)
            : links.find(image, digest);
    return blob.orElseThrow(() -> RegistryException.notFound(ResourceType.BLOB, digest));
  }

  /** The bytes of a blob that {@link #handle} found. */
  public BlobContent content(Blob blob) {
    return store
        .open(blob.key())
        .orElseThrow(() -> RegistryException.notFound(ResourceType.BLOB, blob.digest()));
  }
}
