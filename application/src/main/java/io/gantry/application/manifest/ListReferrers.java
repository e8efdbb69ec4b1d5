package io.gantry.application.manifest;

import io.gantry.application.repository.RepositoryAccess;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Caller;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.pull.Found;
import io.gantry.domain.pull.PullQueries;
import io.gantry.domain.pull.ReferrerPage;
import io.gantry.domain.pull.ReferrerQuery;
import java.util.List;
import java.util.Optional;

/**
 * Lists the manifests that name another as their subject, OCI Distribution "Listing Referrers". An
 * image that is not there has none, for who may read in the namespace's project.
 */
public final class ListReferrers {
  private static final ReferrerPage NONE = new ReferrerPage(List.of(), false);

  private final RepositoryAccess repositories;
  private final PullQueries pulls;
  private final UnitOfWork unitOfWork;

  public ListReferrers(RepositoryAccess repositories, PullQueries pulls, UnitOfWork unitOfWork) {
    this.repositories = repositories;
    this.pulls = pulls;
    this.unitOfWork = unitOfWork;
  }

  public ReferrerPage handle(
      Caller caller, Region region, RepositoryPath path, ReferrerQuery query) {
    Optional<Found<ReferrerPage>> found =
        unitOfWork.withoutTransaction(() -> pulls.referrers(region, path, query));
    return repositories.requireFound(caller, path, found).content().orElse(NONE);
  }
}
