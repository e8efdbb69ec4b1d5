package io.gantry.domain.access;

import io.gantry.domain.error.Uuids;
import java.util.UUID;

/** Identifies a project, which owns namespaces. */
public record ProjectId(UUID value) {
  /**
   * Reads the canonical form; an {@code InvalidArgument} on {@code project_id} if it is not one.
   */
  public static ProjectId parse(String text) {
    return new ProjectId(Uuids.parse("project_id", text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
