package io.gantry.domain.reclaim;

import io.gantry.domain.blob.StorageKey;
import java.time.Duration;
import java.util.List;

/**
 * Finds what nothing refers to any more. Each step is called in a small transaction of its own that
 * may run beside pushes and beside itself on other replicas: foreign keys, not timing, keep what is
 * referred to. A step may look at a part of what there is, and at another one the next time; where
 * it found nothing, all of a small registry was looked at.
 */
public interface Garbage {

  /** Removes up to {@code limit} links whose lease is over and that no manifest refers to. */
  long unlinkUnused(int limit);

  /** Turns up to {@code limit} blobs without any link into tombstones. */
  Reclaimed buryUnlinked(int limit);

  /** Removes up to {@code limit} images that were never published and hold nothing any more. */
  long removeEmptyImages(int limit);

  /**
   * Up to {@code limit} tombstones whose bytes may be deleted now; they are not given out again for
   * {@code retryAfter}.
   */
  List<StorageKey> dueTombstones(int limit, Duration retryAfter);

  /** Forgets tombstones whose bytes are gone. */
  void forget(List<StorageKey> keys);
}
