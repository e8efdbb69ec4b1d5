package io.gantry.domain.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The SHA-256 hash of a secret key, in hex. */
public record SecretHash(String hex) {

  /** Compares in time that does not depend on where the two differ. */
  public boolean matches(SecretHash other) {
    return MessageDigest.isEqual(
        hex.getBytes(StandardCharsets.US_ASCII), other.hex.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public String toString() {
    return "SecretHash[hidden]";
  }
}
