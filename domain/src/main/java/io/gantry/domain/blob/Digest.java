package io.gantry.domain.blob;

import static io.gantry.domain.error.RegistryException.badFormat;

import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A content digest {@code algorithm:hex}, OCI Image spec "Digests": the algorithm is registered,
 * the hex part lower-case and of the algorithm's length.
 */
public record Digest(DigestAlgorithm algorithm, String hex) {
  public Digest {
    if (hex.length() != algorithm.hexLength() || !isLowerHex(hex)) {
      throw badFormat(
          "digest",
          "must have "
              + algorithm.hexLength()
              + " lower-case hex digits after "
              + algorithm.identifier()
              + ":");
    }
  }

  /** Reads {@code algorithm:hex}; an {@code InvalidArgument} on {@code digest} if it is not one. */
  public static Digest parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0 || text.length() > 256) throw badFormat("digest", "must look like sha256:<hex>");
    DigestAlgorithm algorithm =
        DigestAlgorithm.find(text.substring(0, colon))
            .orElseThrow(() -> badFormat("digest", "must be sha256 or sha512"));
    return new Digest(algorithm, text.substring(colon + 1));
  }

  /** Finishes {@code digest}, which is of {@code algorithm}. */
  public static Digest finish(DigestAlgorithm algorithm, MessageDigest digest) {
    return new Digest(algorithm, HexFormat.of().formatHex(digest.digest()));
  }

  /** The digest of {@code content} under {@code algorithm}. */
  public static Digest of(DigestAlgorithm algorithm, byte[] content) {
    MessageDigest digest = algorithm.newMessageDigest();
    digest.update(content);
    return finish(algorithm, digest);
  }

  private static boolean isLowerHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) return false;
    }
    return true;
  }

  @Override
  public String toString() {
    return algorithm.identifier() + ":" + hex;
  }
}
