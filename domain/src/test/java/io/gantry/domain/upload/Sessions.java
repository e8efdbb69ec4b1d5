package io.gantry.domain.upload;

import io.gantry.domain.blob.DigestAlgorithm;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.image.ImageId;
import java.util.UUID;

/** Upload sessions for tests: open, without a byte, with an id and a key of their own. */
public final class Sessions {
  private Sessions() {}

  public static Upload inImage(ImageId image) {
    return Upload.start(new UploadId(UUID.randomUUID()), image, new StorageKey(UUID.randomUUID()));
  }

  /** One whose bytes are hashed under this algorithm. */
  static Upload inImage(ImageId image, DigestAlgorithm algorithm) {
    return Upload.start(
        new UploadId(UUID.randomUUID()), image, new StorageKey(UUID.randomUUID()), algorithm);
  }
}
