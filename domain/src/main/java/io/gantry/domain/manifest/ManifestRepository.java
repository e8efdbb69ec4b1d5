package io.gantry.domain.manifest;

import io.gantry.domain.blob.Digest;
import io.gantry.domain.image.ImageId;
import java.time.Instant;
import java.util.Optional;

/**
 * Stores manifests. Changes are made under the image's lock ({@code ImageRepository.lockForPush}).
 */
public interface ManifestRepository {

  Optional<StoredManifest> find(ImageId image, Digest digest);

  /**
   * Adds a manifest with its references, not reachable yet. A blob it lists is linked to the image,
   * else left open until it is; a foreign one is referred to only if it is linked by now. A child
   * of an index is a manifest of the image, else a blob of it, else left open until a manifest with
   * its digest is added. Indexes that waited for this manifest now refer to it.
   *
   * @param accepted what may be left open; blobs only under {@code
   *     ImageRepository.lockForSparsePush}
   * @return false if the image has it already; nothing is changed then
   * @throws io.gantry.domain.error.RegistryException {@code ReferencedContentMissing} if something
   *     would be left open that may not, also when its link is removed by a transaction running at
   *     the same time; {@code ManifestInvalid} if a descriptor's size is not that of the blob
   */
  boolean add(ImageId image, Manifest manifest, Sparse accepted, Instant now);

  /**
   * Removes a manifest that no tag points at, with its references; indexes that list it are left
   * waiting for it.
   *
   * @return whether it was there
   */
  boolean remove(ImageId image, Digest digest);
}
