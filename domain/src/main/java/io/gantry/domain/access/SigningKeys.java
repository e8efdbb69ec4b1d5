package io.gantry.domain.access;

import java.time.Duration;
import java.util.List;

/** The keys that sign tokens, shared by all replicas. Timed by the database's clock. */
public interface SigningKeys {

  /**
   * How long a key is there before it signs, so that every replica knows it by then; the very first
   * signs at once.
   */
  Duration PUBLISHED_BEFORE_USE = Duration.ofMinutes(2);

  /**
   * The keys that tokens may be signed with, the one for new tokens first; never empty, as the
   * first caller makes one.
   */
  List<SigningKey> all();

  /**
   * Adds a key if the newest is older than {@code every}, and forgets those that were replaced more
   * than {@code keep} ago. Replicas may call it as often as they like, also at once.
   */
  void rotate(Duration every, Duration keep);

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
