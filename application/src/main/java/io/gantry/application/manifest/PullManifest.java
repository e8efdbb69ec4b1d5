package io.gantry.application.manifest;

import io.gantry.application.group.Grouped;
import io.gantry.application.group.Grouped.Repeats;
import io.gantry.application.repository.RepositoryAccess;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Caller;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.manifest.StoredManifest;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.pull.Found;
import io.gantry.domain.pull.FoundManifest;
import io.gantry.domain.pull.ManifestSummary;
import io.gantry.domain.pull.PullQueries;
import io.gantry.domain.pull.WantedManifest;
import io.gantry.domain.tag.Reference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads a manifest by tag or digest, OCI Distribution "Pulling manifests". Requests that come at
 * once are looked up together; what each of them may see of what was found is decided for itself.
 */
public final class PullManifest {
  /**
   * A manifest with more bytes is read for itself where several are read together: few have so
   * many, and the largest group then still fits in a few megabytes.
   */
  private static final long MOST_TOGETHER = 64 << 10;

  private final RepositoryAccess repositories;
  private final PullQueries pulls;
  private final UnitOfWork unitOfWork;
  private final Grouped<WantedManifest, WantedManifest, Found<FoundManifest>> summaries;
  private final Grouped<WantedManifest, WantedManifest, Found<FoundManifest>> whole;

  public PullManifest(RepositoryAccess repositories, PullQueries pulls, UnitOfWork unitOfWork) {
    this.repositories = repositories;
    this.pulls = pulls;
    this.unitOfWork = unitOfWork;
    this.summaries = grouped(wanted -> pulls.manifests(wanted, 0));
    this.whole =
        grouped(
            wanted -> pulls.manifests(wanted, wanted.size() > 1 ? MOST_TOGETHER : Long.MAX_VALUE));
  }

  private Grouped<WantedManifest, WantedManifest, Found<FoundManifest>> grouped(
      Function<List<WantedManifest>, Map<WantedManifest, Found<FoundManifest>>> find) {
    return new Grouped<>(find, Function.identity(), Repeats.SHARE, unitOfWork);
  }

  public StoredManifest handle(
      Caller caller, Region region, RepositoryPath path, Reference reference) {
    var wanted = new WantedManifest(region, path, reference);
    return require(caller, wanted, whole.handle(wanted))
        .whole()
        .orElseGet(() -> alone(caller, wanted));
  }

  private StoredManifest alone(Caller caller, WantedManifest wanted) {
    Map<WantedManifest, Found<FoundManifest>> found =
        unitOfWork.withoutTransaction(() -> pulls.manifests(List.of(wanted), Long.MAX_VALUE));
    return require(caller, wanted, Optional.ofNullable(found.get(wanted))).whole().orElseThrow();
  }

  /** As {@link #handle}, without reading the bytes. */
  public ManifestSummary summary(
      Caller caller, Region region, RepositoryPath path, Reference reference) {
    var wanted = new WantedManifest(region, path, reference);
    return require(caller, wanted, summaries.handle(wanted)).summary();
  }

  private FoundManifest require(
      Caller caller, WantedManifest wanted, Optional<Found<FoundManifest>> found) {
    return repositories
        .requireImageFound(caller, wanted.path(), found)
        .content()
        .orElseThrow(() -> RegistryException.notFound(ResourceType.MANIFEST, wanted.reference()));
  }
}
