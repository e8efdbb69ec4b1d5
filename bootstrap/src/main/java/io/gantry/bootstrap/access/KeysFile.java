package io.gantry.bootstrap.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gantry.bootstrap.failure.StartFailure;
import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.ApiKey;
import io.gantry.domain.access.Grants;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.PermissionSet;
import io.gantry.domain.access.Project;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.access.SecretHash;
import io.gantry.domain.access.SecretKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Organizations, their projects and their API keys, in JSON:
 *
 * <pre>{@code
 * {"organizations": [{
 *   "id": "<uuid>",
 *   "projects": [{"id": "<uuid>", "name": "default"}],
 *   "keys": [{
 *     "access_key": "SCW…", "secret_key": "<uuid>", "description": "ci",
 *     "default_project": "<uuid>", "expires_at": "2030-01-01T00:00:00Z",
 *     "grants": [{"project": "<uuid>", "permission_sets": ["ContainerRegistryFullAccess"]}]
 *   }]
 * }]}
 * }</pre>
 *
 * <p>{@code secret_sha256}, the SHA-256 of the lower-case secret in hex, may stand for {@code
 * secret_key}. {@code description}, {@code expires_at} and {@code organization_permission_sets}, a
 * list of permission sets that count in all projects of the organization, are optional. Unknown
 * fields are refused.
 */
final class KeysFile {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final List<Project> projects = new ArrayList<>();
  private final List<ApiKey> keys = new ArrayList<>();
  private final Set<ProjectId> knownProjects = new HashSet<>();
  private final Set<AccessKey> knownKeys = new HashSet<>();
  private final Set<SecretHash> knownSecrets = new HashSet<>();

  private KeysFile() {}

  /** Reads all of it, or fails with a message that says where in the file the trouble is. */
  static Identity read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (KeysFileProblem e) {
      throw StartFailure.misconfigured(
          "gantry.keys-file " + file + ": " + e.path() + " " + e.rule());
    } catch (JsonProcessingException e) {
      throw StartFailure.misconfigured(
          "gantry.keys-file "
              + file
              + " is not JSON: line "
              + e.getLocation().getLineNr()
              + ", column "
              + e.getLocation().getColumnNr());
    } catch (IOException e) {
      throw StartFailure.misconfigured("gantry.keys-file " + file + " cannot be read: " + e);
    }
  }

  static Identity parse(String text) throws JsonProcessingException {
    var file = new KeysFile();
    var root = new KeysFileNode("$", JSON.readTree(text));
    root.allowOnly("organizations");
    root.list("organizations").forEach(file::organization);
    return new Identity(file.projects, file.keys);
  }

  private void organization(KeysFileNode node) {
    node.allowOnly("id", "projects", "keys");
    OrganizationId id = node.value("id", OrganizationId::parse);
    var own = new HashSet<ProjectId>();
    for (KeysFileNode project : node.list("projects")) {
      own.add(project(project, id));
    }
    node.list("keys").forEach(key -> key(key, id, own));
  }

  private ProjectId project(KeysFileNode node, OrganizationId organization) {
    node.allowOnly("id", "name");
    ProjectId id = node.value("id", ProjectId::parse);
    node.require(knownProjects.add(id), "id", "is another project's as well");
    projects.add(new Project(id, organization, node.text("name")));
    return id;
  }

  private void key(KeysFileNode node, OrganizationId organization, Set<ProjectId> own) {
    node.allowOnly(
        "access_key",
        "secret_key",
        "secret_sha256",
        "description",
        "default_project",
        "expires_at",
        "organization_permission_sets",
        "grants");
    AccessKey accessKey = node.value("access_key", AccessKey::new);
    node.require(knownKeys.add(accessKey), "access_key", "is another key's as well");
    SecretHash secret = secret(node);
    node.require(knownSecrets.add(secret), "secret", "is another key's as well");
    keys.add(
        new ApiKey(
            accessKey,
            secret,
            organization,
            ownProject(node, "default_project", own),
            new Grants(everywhere(node), grants(node, own)),
            node.optional("description").orElse(""),
            node.optionalInstant("expires_at")));
  }

  private static SecretHash secret(KeysFileNode node) {
    boolean plain = node.has("secret_key");
    node.require(
        plain != node.has("secret_sha256"), "secret_key", "or secret_sha256 must be there, one");
    if (plain) return node.value("secret_key", SecretKey::parse).hash();
    String hex = node.text("secret_sha256");
    node.require(
        SHA256.matcher(hex).matches(), "secret_sha256", "must be 64 lower-case hex digits");
    return new SecretHash(hex);
  }

  private static Map<ProjectId, Set<PermissionSet>> grants(KeysFileNode key, Set<ProjectId> own) {
    var grants = new HashMap<ProjectId, Set<PermissionSet>>();
    for (KeysFileNode grant : key.list("grants")) {
      grant.allowOnly("project", "permission_sets");
      Set<PermissionSet> sets =
          grants.computeIfAbsent(ownProject(grant, "project", own), _ -> new HashSet<>());
      grant.texts("permission_sets").forEach((path, name) -> sets.add(inProject(path, name)));
    }
    return grants;
  }

  private static ProjectId ownProject(KeysFileNode node, String field, Set<ProjectId> own) {
    ProjectId project = node.value(field, ProjectId::parse);
    node.require(own.contains(project), field, "must be a project of the key's organization");
    return project;
  }

  private static Set<PermissionSet> everywhere(KeysFileNode key) {
    var sets = new HashSet<PermissionSet>();
    if (!key.has("organization_permission_sets")) return sets;
    key.texts("organization_permission_sets")
        .forEach((path, name) -> sets.add(permissionSet(path, name)));
    return sets;
  }

  private static PermissionSet inProject(String path, String name) {
    PermissionSet set = permissionSet(path, name);
    if (set.isForOrganizationsOnly()) {
      throw new KeysFileProblem(path, "belongs into organization_permission_sets");
    }
    return set;
  }

  private static PermissionSet permissionSet(String path, String name) {
    Optional<PermissionSet> set = PermissionSet.find(name);
    return set.orElseThrow(() -> new KeysFileProblem(path, "is no permission set"));
  }
}
