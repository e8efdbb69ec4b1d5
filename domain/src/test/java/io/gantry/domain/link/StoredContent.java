package io.gantry.domain.link;

import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.namespace.Region;
import java.time.Duration;
import java.util.Set;

/** What the contracts about content arrange and look at besides the port under test. */
public interface StoredContent {

  /** Where images are. */
  Region REGION = new Region("fr-par");

  UnitOfWork unitOfWork();

  /** A new image, not published, without content, created now. */
  ImageId anImage();

  /** The project that an image belongs to; each has one of its own, in {@link #REGION}. */
  ProjectId projectOf(ImageId image);

  /** Marks the namespace of an image as being deleted. */
  void deleteNamespaceOf(ImageId image);

  void publish(ImageId image);

  /** Marks the image as being deleted. */
  void hide(ImageId image);

  boolean hasImage(ImageId image);

  /** Adds a manifest to the image that lists a blob linked to it. */
  void refer(ImageId image, Digest blob);

  /** Adds a manifest to the image that lists a blob which is not linked to it. */
  void await(ImageId image, Digest blob);

  /** Adds an index to the image that lists a manifest which is not there. */
  void awaitChild(ImageId image, Digest child);

  boolean hasBlob(Digest digest);

  /** Whether the image has a link whose lease is not over. */
  boolean isLeased(ImageId image, Digest digest);

  /** Adds a tombstone that is due. */
  void bury(StorageKey key);

  /** All tombstones, due or not. */
  Set<StorageKey> tombstones();

  /** Makes everything stored that much older. */
  void letTimePass(Duration time);
}
