package io.gantry.domain.identity;

import io.gantry.domain.error.Uuids;
import java.util.UUID;

/** Identifies a policy. */
public record PolicyId(UUID value) {
  /** Reads the canonical form; an {@code InvalidArgument} on {@code policy_id} if it is not one. */
  public static PolicyId parse(String text) {
    return new PolicyId(Uuids.parse("policy_id", text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
