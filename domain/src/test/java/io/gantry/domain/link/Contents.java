package io.gantry.domain.link;

import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.DigestAlgorithm;
import io.gantry.domain.blob.StorageKey;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Blobs for tests. */
public final class Contents {
  private Contents() {}

  public static Digest digestOf(String text) {
    return Digest.of(DigestAlgorithm.SHA256, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A blob whose content is {@code text}, stored under a key of its own. */
  public static Blob blobOf(String text) {
    return new Blob(
        digestOf(text),
        new ByteSize(text.getBytes(StandardCharsets.UTF_8).length),
        new StorageKey(UUID.randomUUID()));
  }
}
