package io.gantry.domain.pull;

import io.gantry.domain.access.ProjectId;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.tag.TagName;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what the data plane is asked for most, each in one step from the path to the content. What
 * begins with a path is not found if its namespace is not there. Every method may be called without
 * a transaction.
 *
 * <p>Manifests and blobs are found for several requests at once. Each is found, or not, whatever
 * the others are; whether those who asked may have it is not decided here.
 */
public interface PullQueries {

  /**
   * What was found of each that is wanted; those without a namespace are left out.
   *
   * @param most manifests that have more bytes than this are found without them, and these are not
   *     read
   */
  Map<WantedManifest, Found<FoundManifest>> manifests(Collection<WantedManifest> wanted, long most);

  /**
   * What was found of each that is wanted; those without a namespace are left out.
   *
   * @param lease the lease that {@link LinkedBlob#leaseEndsSoon} is about
   */
  Map<WantedBlob, Found<LinkedBlob>> blobs(Collection<WantedBlob> wanted, Duration lease);

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
