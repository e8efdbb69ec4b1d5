package io.gantry.application.blob;

import io.gantry.application.group.Grouped;
import io.gantry.application.group.Grouped.Repeats;
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
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.link.BlobLinks;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.pull.Found;
import io.gantry.domain.pull.LinkedBlob;
import io.gantry.domain.pull.PullQueries;
import io.gantry.domain.pull.WantedBlob;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds a blob to be read: OCI Distribution "Pulling blobs" and "Checking if content exists in the
 * registry". To a caller who may push, the answer is a promise that the blob stays long enough to
 * be referred to. Requests that come at once are looked up together; what each of them may see of
 * what was found, and is promised, is decided for itself.
 */
public final class PullBlob {
  private final RepositoryAccess repositories;
  private final BlobLinks links;
  private final BlobStore store;
  private final UnitOfWork unitOfWork;
  private final Duration lease;
  private final Grouped<WantedBlob, WantedBlob, Found<LinkedBlob>> pulling;

  public PullBlob(
      RepositoryAccess repositories,
      PullQueries pulls,
      BlobLinks links,
      BlobStore store,
      UnitOfWork unitOfWork,
      Duration lease) {
    this.repositories = repositories;
    this.links = links;
    this.store = store;
    this.unitOfWork = unitOfWork;
    this.lease = lease;
    this.pulling =
        new Grouped<>(
            wanted -> pulls.blobs(wanted, lease), Function.identity(), Repeats.SHARE, unitOfWork);
  }

  /** The blob that {@code path} has under this digest. */
  public Blob handle(Caller caller, Region region, RepositoryPath path, Digest digest) {
    Found<LinkedBlob> found =
        repositories.requireImageFound(
            caller, path, pulling.handle(new WantedBlob(region, path, digest)));
    LinkedBlob linked = found.content().orElseThrow(() -> unknown(digest));
    boolean promised = repositories.permits(caller, Action.PUSH, found.repository());
    return promised && linked.leaseEndsSoon() ? renew(caller, found, digest) : linked.blob();
  }

  /** The link may have been collected since it was found. */
  private Blob renew(Caller caller, Found<LinkedBlob> found, Digest digest) {
    Optional<Blob> blob =
        unitOfWork.withoutTransaction(
            () ->
                links.findAndLease(
                    repositories.imageOf(caller, found.repository()), digest, lease));
    return blob.orElseThrow(() -> unknown(digest));
  }

  private static RegistryException unknown(Digest digest) {
    return RegistryException.notFound(ResourceType.BLOB, digest);
  }

  /** The bytes of a blob that {@link #handle} found. */
  public BlobContent content(Blob blob) {
    return store.open(blob.key()).orElseThrow(() -> unknown(blob.digest()));
  }
}
