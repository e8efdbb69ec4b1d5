package io.gantry.domain.manifest;

import io.gantry.domain.blob.Digest;
import io.gantry.domain.image.ImageId;
import java.util.Set;

/**
 * The manifests of one image as a graph: an edge leads from an index to each child that is there,
 * and from a manifest to each of its referrers. A mark on each says whether it is reachable from a
 * tag. Used under the image's lock.
 */
public interface ManifestGraph {

  /** Which of these are there and marked reachable. */
  Set<Digest> reachable(ImageId image, Set<Digest> manifests);

  /** Where edges lead from any of these, as far as it is marked as {@code marked}. */
  Set<Digest> successors(ImageId image, Set<Digest> manifests, Mark marked);

  /**
   * Which of these are held from outside the group: a tag points at them, or an edge leads to them
   * from a reachable manifest that is not in the group.
   */
  Set<Digest> heldFromOutside(ImageId image, Set<Digest> group);

  /**
   * Marks these, so far unreachable ones, as reachable.
   *
   * @return bytes of the layers that the image's reachable manifests did not list before; those
   *     that are waited for have none
   */
  long markReachable(ImageId image, Set<Digest> manifests);

  /**
   * Marks these, so far reachable ones, as unreachable.
   *
   * @return bytes of the layers that no reachable manifest of the image lists any more
   */
  long markUnreachable(ImageId image, Set<Digest> manifests);

  /** Whether a manifest is reachable from a tag. */
  enum Mark {
    REACHABLE,
    UNREACHABLE
  }
}
