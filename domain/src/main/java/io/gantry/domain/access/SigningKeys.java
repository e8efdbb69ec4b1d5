package io.gantry.domain.access;

import java.util.List;

/** The keys that sign tokens, shared by all replicas. */
public interface SigningKeys {

  /**
   * The keys that tokens may be signed with, the one for new tokens first; never empty, as the
   * first caller makes one.
   */
  List<SigningKey> all();

  /**
   * A symmetric key.
   *
   * @param id names the key in a token's header
   * @param secret in hex, 256 bits
   */
  record SigningKey(String id, String secret) {
    @Override
    public String toString() {
      return "SigningKey[" + id + "]";
    }
  }
}
