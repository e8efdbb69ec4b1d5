package io.gantry.domain.image;

import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stores images. One that is not published (no manifest yet) is found by path only; one that is
 * {@code DELETING} by id only, and its name is free at once.
 *
 * <p>What only reads, and takes no lock, may be called without a transaction.
 */
public interface ImageRepository {

  /** The usable namespace of a path, with its image if it has it; empty without the namespace. */
  Optional<Repository> resolve(Region region, RepositoryPath path);

  /**
   * The id of the usable image with this name, added unpublished and {@code INHERIT} if it is not
   * there; two callers at once get the same id.
   *
   * @throws io.gantry.domain.error.RegistryException {@code NotFound} if the namespace is gone or
   *     being deleted
   */
  ImageId findOrAdd(NamespaceId namespace, ImageName name, Instant now);

  /** Those published images of a region that have one of these ids. */
  Map<ImageId, Image> findAll(Region region, Collection<ImageId> ids);

  /** The one that {@link #findAll} finds with this id. */
  default Optional<Image> find(Region region, ImageId id) {
    return Optional.ofNullable(findAll(region, List.of(id)).get(id));
  }

  /**
   * As {@link #find}, and until the end of the transaction nobody else changes it or its content.
   */
  Optional<Image> findLocked(Region region, ImageId id);

  /**
   * Takes the lock under which manifests and tags of one image change, and keeps its namespace from
   * being deleted, until the end of the transaction. Returns false, and holds nothing, if either is
   * gone or being deleted.
   */
  boolean lockForPush(ImageId id);

  /**
   * As {@link #lockForPush}; and nobody links a blob to the image until the end of the transaction,
   * so that a manifest can begin to wait for one. Not to be taken after the other.
   */
  boolean lockForSparsePush(ImageId id);

  /** Stores visibility, status and update time of an image that is there. */
  void update(Image image);

  /**
   * Records that content was pushed or untagged: moves the update time of the image and of its
   * namespace, adds {@code sizeChange} bytes to both, and publishes the image if it was not. The
   * image must be locked.
   */
  void touch(ImageId id, long sizeChange, Instant now);

  /** The asked-for page of the images that match, in the given order, and their exact count. */
  Page<Image> list(ImageFilter filter, ImageOrder order, PageRequest page);

  /** Marks every image of a namespace as {@code DELETING}. */
  void deleteAll(NamespaceId namespace, Instant now);

  /**
   * An image in status {@code DELETING} that nobody else is purging in this moment, locked until
   * the end of the transaction.
   */
  Optional<ImageId> claimDeleting();

  /**
   * Removes up to {@code limit} rows of the content of an image in status {@code DELETING}: tags,
   * manifests, links and uploads (whose bytes become tombstones); and at last, in the call that
   * finds nothing left, the image itself, taking its size and count off its namespace.
   *
   * @return whether the image is gone
   */
  boolean purge(ImageId id, int limit);

  /** Whether a namespace has any image row, published or not. */
  boolean anyIn(NamespaceId namespace);
}
