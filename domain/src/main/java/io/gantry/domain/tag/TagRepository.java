package io.gantry.domain.tag;

import io.gantry.domain.blob.Digest;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stores tags. Changes are made under the image's lock ({@code ImageRepository.lockForPush}); what
 * only reads may be called without a transaction.
 */
public interface TagRepository {

  /** Those tags in usable images of a region that have one of these ids. */
  Map<TagId, OwnedTag> findAll(Region region, Collection<TagId> ids);

  /** The one that {@link #findAll} finds with this id. */
  default Optional<Tag> find(Region region, TagId id) {
    return Optional.ofNullable(findAll(region, List.of(id)).get(id)).map(OwnedTag::tag);
  }

  /** The tag with this name in this image. */
  Optional<Tag> findByName(ImageId image, TagName name);

  /**
   * Points the tag at a manifest of its image: added under {@code idIfNew}, or moved, keeping its
   * id and creation time.
   *
   * @return where it pointed before, if it was there
   * @throws io.gantry.domain.error.RegistryException {@code NotFound} if the image has no such
   *     manifest
   */
  Optional<Digest> put(ImageId image, TagName name, Digest manifest, TagId idIfNew, Instant now);

  /** Removes a tag; removing twice is the same as once. */
  void remove(ImageId image, TagName name);

  /** Removes every tag of an image that points at this manifest. */
  void removeAllTo(ImageId image, Digest manifest);

  /** How many tags of an image point at this manifest. */
  long countTo(ImageId image, Digest manifest);

  /** The asked-for page of an image's tags, only the one named {@code name} if given. */
  Page<Tag> list(ImageId image, Optional<TagName> name, TagOrder order, PageRequest page);
}
