package io.gantry.application.upload;

import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.DigestAlgorithm;
import java.security.MessageDigest;

/** A digest over the first {@code length} bytes of an upload, still running. Not thread-safe. */
final class RunningDigest {
  private final DigestAlgorithm algorithm;
  private final MessageDigest state;
  private long length;

  RunningDigest(DigestAlgorithm algorithm) {
    this.algorithm = algorithm;
    this.state = algorithm.newMessageDigest();
  }

  void update(byte[] bytes, int count) {
    state.update(bytes, 0, count);
    length += count;
  }

  DigestAlgorithm algorithm() {
    return algorithm;
  }

  long length() {
    return length;
  }

  /** The digest so far; more can follow. */
  Digest value() {
    try {
      return Digest.finish(algorithm, (MessageDigest) state.clone());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's digests can be cloned", e);
    }
  }
}
