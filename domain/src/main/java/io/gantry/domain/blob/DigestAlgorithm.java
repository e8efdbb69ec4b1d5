package io.gantry.domain.blob;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** The registered digest algorithms, OCI Image spec "Digests". */
public enum DigestAlgorithm {
  SHA256("sha256", "SHA-256", 64),
  SHA512("sha512", "SHA-512", 128);

  private final String identifier;
  private final String jcaName;
  private final int hexLength;

  DigestAlgorithm(String identifier, String jcaName, int hexLength) {
    this.identifier = identifier;
    this.jcaName = jcaName;
    this.hexLength = hexLength;
  }

  /** The word before the colon of a digest. */
  public String identifier() {
    return identifier;
  }

  int hexLength() {
    return hexLength;
  }

  public MessageDigest newMessageDigest() {
    try {
      return MessageDigest.getInstance(jcaName);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + jcaName, e);
    }
  }

  public static Optional<DigestAlgorithm> find(String identifier) {
    for (DigestAlgorithm algorithm : values()) {
      if (algorithm.identifier.equals(identifier)) return Optional.of(algorithm);
    }
    return Optional.empty();
  }
}
