package io.gantry.domain.upload;

import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.DigestAlgorithm;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.image.ImageId;
import java.util.Optional;

/**
 * A resumable session that writes one blob into one image, OCI Distribution "Pushing a blob in
 * chunks".
 *
 * @param key where its bytes go; recorded before the first of them is written
 * @param length bytes that are durable
 * @param epoch counts the requests that began to write; only the newest may record progress
 * @param content the digest of those {@code length} bytes, where it is known, under the algorithm
 *     that the closing request is expected to name
 */
public record Upload(
    UploadId id, ImageId image, StorageKey key, long length, long epoch, Optional<Digest> content) {

  public static Upload start(UploadId id, ImageId image, StorageKey key) {
    return new Upload(id, image, key, 0, 0, Optional.empty());
  }

  /** A session whose bytes are hashed under {@code algorithm} as they come. */
  public static Upload start(
      UploadId id, ImageId image, StorageKey key, DigestAlgorithm algorithm) {
    return new Upload(id, image, key, 0, 0, Optional.of(Digest.of(algorithm, new byte[0])));
  }

  /** What its bytes are hashed under while nobody has named their digest. */
  public DigestAlgorithm algorithm() {
    return content.map(Digest::algorithm).orElse(DigestAlgorithm.SHA256);
  }
}
