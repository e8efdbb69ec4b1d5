package io.gantry.domain.reclaim;

import io.gantry.domain.blob.StorageKey;
import java.time.Duration;
import java.util.List;

/**
 * Storage keys that are named before anybody knows what for: each is a tombstone that is not due
 * yet. Bytes may be written under such a key at once; if they never become a blob, they are deleted
 * like any other tombstone's.
 */
public interface KeyReserve {

  /**
   * Makes {@code count} fresh keys that may be used for {@code period}; {@link
   * io.gantry.domain.upload.UploadIntake} gives them to blobs.
   */
  List<StorageKey> reserve(int count, Duration period);
}
