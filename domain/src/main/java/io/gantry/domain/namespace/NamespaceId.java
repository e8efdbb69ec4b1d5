package io.gantry.domain.namespace;

import io.gantry.domain.error.Uuids;
import java.util.UUID;

/** Identifies a namespace. */
public record NamespaceId(UUID value) {
  /**
   * Reads the canonical form; an {@code InvalidArgument} on {@code namespace_id} if it is not one.
   */
  public static NamespaceId parse(String text) {
    return new NamespaceId(Uuids.parse("namespace_id", text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
