package io.gantry.application.manifest;

import io.gantry.application.repository.RepositoryAccess;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Caller;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.manifest.StoredManifest;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.pull.Found;
import io.gantry.domain.pull.ManifestSummary;
import io.gantry.domain.pull.PullQueries;
import io.gantry.domain.tag.Reference;
import java.util.Optional;

/** Reads a manifest by tag or digest, OCI Distribution "Pulling manifests". */
public final class PullManifest {
  private final RepositoryAccess repositories;
  private final PullQueries pulls;
  private final UnitOfWork unitOfWork;

  public PullManifest(RepositoryAccess repositories, PullQueries pulls, UnitOfWork unitOfWork) {
    this.repositories = repositories;
    this.pulls = pulls;
    this.unitOfWork = unitOfWork;
  }

  public StoredManifest handle(
      Caller caller, Region region, RepositoryPath path, Reference reference) {
    Optional<Found<StoredManifest>> found =
        unitOfWork.withoutTransaction(() -> pulls.manifest(region, path, reference));
    return require(caller, path, found, reference);
  }

  /** As {@link #handle}, without reading the bytes. */
  public ManifestSummary summary(
      Caller caller, Region region, RepositoryPath path, Reference reference) {
    Optional<Found<ManifestSummary>> found =
        unitOfWork.withoutTransaction(() -> pulls.summary(region, path, reference));
    return require(caller, path, found, reference);
  }

  private <T> T require(
      Caller caller, RepositoryPath path, Optional<Found<T>> found, Reference reference) {
    return repositories
        .requireImageFound(caller, path, found)
        .content()
        .orElseThrow(() -> RegistryException.notFound(ResourceType.MANIFEST, reference));
  }
}
