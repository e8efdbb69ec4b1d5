package io.gantry.domain.pull;

import io.gantry.domain.access.ProjectId;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.manifest.StoredManifest;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.tag.Reference;
import io.gantry.domain.tag.TagName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what the data plane is asked for most, each in one step from the path to the content. What
 * begins with a path is empty if its namespace is not there. Every method may be called without a
 * transaction.
 */
public interface PullQueries {

  /** The manifest that a tag points at, or with a digest. */
  Optional<Found<StoredManifest>> manifest(Region region, RepositoryPath path, Reference reference);

  /** As {@link #manifest}, without reading its bytes. */
  Optional<Found<ManifestSummary>> summary(Region region, RepositoryPath path, Reference reference);

  /**
   * The blob with this digest.
   *
   * @param lease the lease that {@link LinkedBlob#leaseEndsSoon} is about
   */
  Optional<Found<LinkedBlob>> blob(
      Region region, RepositoryPath path, Digest digest, Duration lease);

  /**
   * Up to {@code limit} tag names in bytewise order, those after {@code last} (exclusive; it need
   * not exist) if given; OCI Distribution "Listing Tags".
   */
  Optional<Found<List<TagName>>> tagNames(
      Region region, RepositoryPath path, Optional<String> last, int limit);

  /**
   * The manifests whose subject has a digest, in bytewise order of their own digests; OCI
   * Distribution "Listing Referrers". The subject itself need not be there.
   */
  Optional<Found<ReferrerPage>> referrers(Region region, RepositoryPath path, ReferrerQuery query);

  /**
   * Up to {@code limit} repositories of a region that have had a manifest pushed, those after
   * {@code last} (exclusive; any text) if given: the ones anyone may pull from, and those of the
   * given projects. In bytewise order of namespaces, then of images.
   */
  List<RepositoryPath> repositories(
      Region region, Set<ProjectId> projects, Optional<String> last, int limit);
}
