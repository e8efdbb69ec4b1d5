package io.gantry.domain.access;

import io.gantry.domain.error.Uuids;
import java.util.UUID;

/** Identifies an organization, which owns projects and API keys. */
public record OrganizationId(UUID value) {
  /**
   * Reads the canonical form; an {@code InvalidArgument} on {@code organization_id} if it is not
   * one.
   */
  public static OrganizationId parse(String text) {
    return new OrganizationId(Uuids.parse("organization_id", text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
