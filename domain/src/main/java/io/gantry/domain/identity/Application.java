package io.gantry.domain.identity;

import io.gantry.domain.access.OrganizationId;
import java.time.Instant;

/** Somebody that is no person: API keys are borne by it and have the rights its policies give. */
public record Application(
    ApplicationId id,
    OrganizationId organization,
    Label label,
    Origin origin,
    Instant createdAt,
    Instant updatedAt) {

  public Application relabelled(Label newLabel, Instant now) {
    return new Application(id, organization, newLabel, origin, createdAt, now);
  }
}
