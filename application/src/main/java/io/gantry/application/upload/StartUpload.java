package io.gantry.application.upload;

import io.gantry.application.Instants;
import io.gantry.application.repository.RepositoryAccess;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.Principal.Anonymous;
import io.gantry.domain.access.Principal.KeyHolder;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.DigestAlgorithm;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.ImageRepository;
import io.gantry.domain.image.Repository;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.link.BlobLinks;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.upload.Upload;
import io.gantry.domain.upload.UploadId;
import io.gantry.domain.upload.UploadRepository;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Begins an upload, or mounts the blob instead: OCI Distribution "Pushing blobs" and "Mounting a
 * blob from another repository". A mount that cannot be done, whatever the reason, becomes a
 * session like any other.
 */
public final class StartUpload {
  private final RepositoryAccess repositories;
  private final ImageRepository images;
  private final UploadRepository uploads;
  private final BlobLinks links;
  private final UnitOfWork unitOfWork;
  private final Clock clock;
  private final UploadLimits limits;
  private final QuickPath quick;

  public StartUpload(
      RepositoryAccess repositories,
      ImageRepository images,
      UploadRepository uploads,
      BlobLinks links,
      UnitOfWork unitOfWork,
      Clock clock,
      UploadLimits limits,
      QuickPath quick) {
    this.repositories = repositories;
    this.images = images;
    this.uploads = uploads;
    this.links = links;
    this.unitOfWork = unitOfWork;
    this.clock = clock;
    this.limits = limits;
    this.quick = quick;
  }

  /**
   * A blob to mount.
   *
   * @param from the repository that has it; without one, any of the caller's own projects
   */
  public record Mount(Digest digest, Optional<RepositoryPath> from) {}

  /**
   * Mounts, or opens a session.
   *
   * @param algorithm what the session's bytes are hashed under as they come, if the client says so;
   *     the closing request may still name a digest of another
   */
  public StartOutcome handle(
      Caller caller,
      Region region,
      RepositoryPath path,
      Optional<Mount> mount,
      Optional<DigestAlgorithm> algorithm) {
    Optional<ImageId> image =
        mount.isPresent() ? Optional.empty() : repositories.remembered(caller, region, path);
    if (image.isPresent()) {
      Upload upload = newUpload(image.get(), algorithm);
      if (quick.open(upload)) return new StartOutcome.Started(upload.id());
      repositories.forget(region, path);
    }
    return unitOfWork.inTransaction(() -> start(caller, region, path, mount, algorithm));
  }

  private StartOutcome start(
      Caller caller,
      Region region,
      RepositoryPath path,
      Optional<Mount> mount,
      Optional<DigestAlgorithm> algorithm) {
    Repository target = repositories.require(caller, Action.PUSH, region, path);
    if (mount.isPresent() && mount(caller, region, target, mount.get())) {
      return new StartOutcome.Mounted(mount.get().digest());
    }
    Upload upload = newUpload(imageOf(target), algorithm);
    uploads.add(upload, limits.idle());
    return new StartOutcome.Started(upload.id());
  }

  private static Upload newUpload(ImageId image, Optional<DigestAlgorithm> algorithm) {
    UploadId id = new UploadId(UUID.randomUUID());
    StorageKey key = new StorageKey(UUID.randomUUID());
    return algorithm
        .map(chosen -> Upload.start(id, image, key, chosen))
        .orElseGet(() -> Upload.start(id, image, key));
  }

  /** Clients seldom ask for a token that also covers the source: the key's own rights decide. */
  private boolean mount(Caller caller, Region region, Repository target, Mount mount) {
    return mount.from().isPresent()
        ? mount(caller, region, target, mount.digest(), mount.from().get())
        : links.mountFromAny(
            imageOf(target), mount.digest(), region, readable(caller), limits.lease());
  }

  private boolean mount(
      Caller caller, Region region, Repository target, Digest digest, RepositoryPath from) {
    Optional<ImageId> source =
        repositories
            .find(Caller.of(caller.principal()), Action.PULL, region, from)
            .flatMap(Repository::image)
            .map(Repository.Held::id);
    return source.isPresent() && links.mount(imageOf(target), source.get(), digest, limits.lease());
  }

  private static Set<ProjectId> readable(Caller caller) {
    return switch (caller.principal()) {
      case KeyHolder holder -> holder.projectsWith(Action.PULL.permission());
      case Anonymous _ -> Set.of();
    };
  }

  private ImageId imageOf(Repository target) {
    Instant now = Instants.now(clock);
    return target
        .image()
        .map(Repository.Held::id)
        .orElseGet(() -> images.findOrAdd(target.namespace(), target.path().image(), now));
  }
}
