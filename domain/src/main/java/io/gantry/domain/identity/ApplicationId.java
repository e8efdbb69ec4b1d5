package io.gantry.domain.identity;

import io.gantry.domain.error.Uuids;
import java.util.UUID;

/** Identifies an application, which bears API keys. */
public record ApplicationId(UUID value) {
  /**
   * Reads the canonical form; an {@code InvalidArgument} on {@code application_id} if it is not
   * one.
   */
  public static ApplicationId parse(String text) {
    return new ApplicationId(Uuids.parse("application_id", text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
