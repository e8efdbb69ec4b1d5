package io.gantry.domain.manifest;

import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.DigestAlgorithm;
import java.util.Arrays;

/** The exact bytes of a manifest, never re-encoded. Immutable; the array is copied both ways. */
public final class ManifestBytes {
  private final byte[] bytes;

  public ManifestBytes(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  public byte[] toArray() {
    return bytes.clone();
  }

  public int size() {
    return bytes.length;
  }

  public Digest digest(DigestAlgorithm algorithm) {
    return Digest.of(algorithm, bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ManifestBytes that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "ManifestBytes[" + bytes.length + " B]";
  }
}
