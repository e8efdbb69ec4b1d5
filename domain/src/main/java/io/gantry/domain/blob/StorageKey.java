package io.gantry.domain.blob;

import java.util.UUID;

/**
 * Where a blob's bytes are in the store: random, used once, never derived from the content and
 * never reused, so that a late deletion can only ever hit what it was meant for.
 */
public record StorageKey(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
