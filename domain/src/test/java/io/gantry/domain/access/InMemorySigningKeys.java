package io.gantry.domain.access;

import java.util.List;

/** One signing key that is always the same. */
public final class InMemorySigningKeys implements SigningKeys {
  private static final SigningKey KEY = new SigningKey("test-key", "0123456789abcdef".repeat(4));

  @Override
  public List<SigningKey> all() {
    return List.of(KEY);
  }
}
