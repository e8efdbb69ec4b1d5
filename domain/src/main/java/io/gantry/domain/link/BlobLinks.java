package io.gantry.domain.link;

import io.gantry.domain.access.ProjectId;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.namespace.Region;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Stores blobs and their links into images. A blob is readable only through a link. A link carries
 * a lease: until it ends, or while a manifest refers to it, the link and its blob stay. Manifests
 * of the image that waited for the blob refer to it as soon as it is linked, and a layer of what is
 * reachable counts into the size of image and namespace from then on.
 *
 * <p>Leases are timed by the database's clock.
 */
public interface BlobLinks {

  /** The blob with this digest, if this image has it. */
  Optional<Blob> find(ImageId image, Digest digest);

  /**
   * As {@link #find}; and if it is there, it stays for at least half of {@code lease} from now: the
   * promise of a 200 to somebody who may push.
   */
  Optional<Blob> findAndLease(ImageId image, Digest digest, Duration lease);

  /**
   * Records a blob whose bytes are durable under its key, and links it. If the registry already has
   * the digest, that one is linked and the given key becomes a tombstone.
   *
   * @return the blob that is now linked
   */
  Blob add(ImageId image, Blob blob, Duration lease);

  /**
   * Links a blob that {@code source} has into {@code target}.
   *
   * @return false if {@code source} does not have it
   */
  boolean mount(ImageId target, ImageId source, Digest digest, Duration lease);

  /**
   * Links a blob that any usable image of these projects in this region has into {@code target}.
   * How long it takes does not depend on whether other projects have the blob.
   *
   * @return false if none has it
   */
  boolean mountFromAny(
      ImageId target, Digest digest, Region region, Set<ProjectId> projects, Duration lease);

  /**
   * Removes the link, if it is there.
   *
   * @return whether it was there
   * @throws io.gantry.domain.error.RegistryException {@code PreconditionFailed} while a manifest of
   *     the image refers to it
   */
  boolean remove(ImageId image, Digest digest);
}
