package io.gantry.domain.access;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** API keys for tests. */
public final class Keys {
  private Keys() {}

  public static OrganizationId anOrganization() {
    return new OrganizationId(UUID.randomUUID());
  }

  public static ProjectId aProject() {
    return new ProjectId(UUID.randomUUID());
  }

  /** A key that never expires, with a secret of its own and these sets on one project. */
  public static ApiKey aKey(String accessKey, ProjectId project, PermissionSet... sets) {
    return new ApiKey(
        new AccessKey(accessKey),
        SecretKey.of(UUID.randomUUID()).hash(),
        anOrganization(),
        project,
        sets.length == 0 ? Map.of() : Map.of(project, Set.of(sets)),
        "for tests",
        Optional.empty());
  }
}
