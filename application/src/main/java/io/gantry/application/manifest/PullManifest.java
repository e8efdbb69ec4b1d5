package io.gantry.application.manifest;

import io.gantry.application.repository.RepositoryAccess;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.manifest.ManifestRepository;
import io.gantry.domain.manifest.StoredManifest;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.tag.Reference;
import java.util.Optional;

/** Reads a manifest by tag or digest, OCI Distribution "Pulling manifests". */
public final class PullManifest {
  private final RepositoryAccess repositories;
  private final ManifestRepository manifests;
  private final UnitOfWork unitOfWork;

  public PullManifest(
      RepositoryAccess repositories, ManifestRepository manifests, UnitOfWork unitOfWork) {
    this.repositories = repositories;
    this.manifests = manifests;
    this.unitOfWork = unitOfWork;
  }

  public StoredManifest handle(
      Caller caller, Region region, RepositoryPath path, Reference reference) {
    return unitOfWork.inTransaction(() -> find(caller, region, path, reference));
  }

  private StoredManifest find(
      Caller caller, Region region, RepositoryPath path, Reference reference) {
    ImageId image = repositories.requireImage(caller, Action.PULL, region, path);
    Optional<StoredManifest> manifest =
        switch (reference) {
          case Reference.ByTag(var tag) -> manifests.findByTag(image, tag.value());
          case Reference.ByDigest(var digest) -> manifests.find(image, digest);
        };
    return manifest.orElseThrow(() -> RegistryException.notFound(ResourceType.MANIFEST, reference));
  }
}
