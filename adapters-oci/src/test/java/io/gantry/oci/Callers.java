package io.gantry.oci;

import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.ApiKey;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.PermissionSet;
import io.gantry.domain.access.Project;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.access.SecretKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Who calls in these tests. */
final class Callers {
  private static final OrganizationId ORGANIZATION = new OrganizationId(UUID.randomUUID());

  private static final ProjectId OURS = new ProjectId(UUID.randomUUID());
  private static final ProjectId THEIRS = new ProjectId(UUID.randomUUID());

  static final Callers OWNER =
      new Callers("SCWAAAAAAAAAAAAAAAAA", OURS, PermissionSet.CONTAINER_REGISTRY_FULL_ACCESS);
  static final Callers READER =
      new Callers("SCWBBBBBBBBBBBBBBBBB", OURS, PermissionSet.CONTAINER_REGISTRY_READ_ONLY);
  static final Callers STRANGER =
      new Callers("SCWCCCCCCCCCCCCCCCCC", THEIRS, PermissionSet.ALL_PRODUCTS_FULL_ACCESS);

  private final AccessKey accessKey;
  private final ProjectId project;
  private final PermissionSet permissions;
  private final SecretKey secret = SecretKey.of(UUID.randomUUID());

  private Callers(String accessKey, ProjectId project, PermissionSet permissions) {
    this.accessKey = new AccessKey(accessKey);
    this.project = project;
    this.permissions = permissions;
  }

  ProjectId project() {
    return project;
  }

  static List<Project> projects() {
    return List.of(
        new Project(OWNER.project, ORGANIZATION, "ours"),
        new Project(STRANGER.project, ORGANIZATION, "theirs"));
  }

  ApiKey key() {
    return new ApiKey(
        accessKey,
        secret.hash(),
        ORGANIZATION,
        project,
        Map.of(project, Set.of(permissions)),
        "",
        Optional.empty());
  }

  static List<ApiKey> keys() {
    return List.of(OWNER.key(), READER.key(), STRANGER.key());
  }

  String secret() {
    return secret.reveal();
  }

  /** An {@code Authorization} header. */
  String basic() {
    return basic("nologin", secret.reveal());
  }

  static String basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }
}
