package io.gantry.bootstrap.accesstable;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.gantry.bootstrap.running.Deadline;
import io.gantry.bootstrap.running.PostgresTestResource;
import io.gantry.bootstrap.running.Tenants;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An organization's projects, keys, applications and policies, made over the published API. */
final class Keys {
  static final String TOKENS = "/registry-internal/v1/regions/fr-par/tokens";

  private static final String IAM = "/iam/v1alpha1/";
  private static final String SECRET = PostgresTestResource.SECRET_KEY;
  private static final String FULL_ACCESS = "ContainerRegistryFullAccess";
  private static final String EVERYTHING = "AllProductsFullAccess";

  /** Long enough to get a token with the key before. */
  private static final Duration EXPIRY = Duration.ofSeconds(5);

  private final Http http;
  private final String project;
  private final String otherProject;
  private final Map<Who, IssuedKey> keys = new EnumMap<>(Who.class);
  private final Map<Who, String> refreshTokens = new EnumMap<>(Who.class);
  private final Bearer shared;
  private final IssuedKey sharedKey;

  /** A key and whose it is. */
  record IssuedKey(Bearer bearer, String accessKey, String secret) {}

  /** An application with one policy. */
  record Bearer(String owner, String application, String policy, String defaultProject) {}

  Keys(Http http) {
    this.http = http;
    project = newProject();
    otherProject = newProject();
    shared = newBearer();
    sharedKey = newKey(shared);
    Bearer full = bearer(SECRET, inProject(project, FULL_ACCESS), project);
    add(
        Who.READ_ONLY,
        newKey(bearer(SECRET, inProject(project, "ContainerRegistryReadOnly"), project)));
    add(Who.FULL, newKey(full));
    add(Who.OWNER, newKey(bearer(SECRET, everywhere(organization()), project)));
    add(
        Who.OTHER_PROJECT,
        newKey(bearer(SECRET, inProject(otherProject, FULL_ACCESS), otherProject)));
    add(
        Who.OTHER_ORGANIZATION,
        newKey(
            bearer(
                Tenants.FOREIGN_OWNER,
                everywhere(Tenants.FOREIGN_ORGANIZATION),
                Tenants.FOREIGN_PROJECT)));
    add(Who.EXPIRED, newKey(full, Map.of("expires_at", Instant.now().plus(EXPIRY).toString())));
    add(Who.REVOKED, newKey(full));
    String revoked = key(Who.REVOKED).accessKey();
    http.require(204, call("DELETE", SECRET, IAM + "api-keys/" + revoked));
    awaitRefusal(Who.EXPIRED, "expired");
    awaitRefusal(Who.REVOKED, "not_found");
  }

  String project() {
    return project;
  }

  String otherProject() {
    return otherProject;
  }

  String foreignProject() {
    return Tenants.FOREIGN_PROJECT;
  }

  /** Whose project and keys are tried. */
  String organization() {
    return PostgresTestResource.PROJECT_ID;
  }

  /** An application that no caller's key belongs to, with its policy. */
  Bearer shared() {
    return shared;
  }

  IssuedKey sharedKey() {
    return sharedKey;
  }

  Optional<String> secretOf(Who who) {
    return who == Who.ANONYMOUS ? Optional.empty() : Optional.of(secret(who));
  }

  String secret(Who who) {
    return key(who).secret();
  }

  /** The caller's own; the shared one for nobody. */
  IssuedKey key(Who who) {
    return who == Who.ANONYMOUS ? sharedKey : requireNonNull(keys.get(who));
  }

  /** Handed out while the key was good. */
  Optional<String> refreshTokenOf(Who who) {
    return Optional.ofNullable(refreshTokens.get(who));
  }

  String newProject() {
    return made("/account/v3/projects", SECRET, Map.of("name", World.unique())).path("id").asText();
  }

  Bearer newBearer() {
    return bearer(SECRET, inProject(project, FULL_ACCESS), project);
  }

  /** Another key of the same application. */
  IssuedKey newKey(Bearer bearer) {
    return newKey(bearer, Map.of());
  }

  /** What a policy says, in the shape of the API. */
  static Map<String, Object> inProject(String project, String set) {
    return Map.of("project_ids", List.of(project), "permission_set_names", List.of(set));
  }

  static Map<String, Object> fullAccess(String project) {
    return inProject(project, FULL_ACCESS);
  }

  private static Map<String, Object> everywhere(String organization) {
    return Map.of("organization_id", organization, "permission_set_names", List.of(EVERYTHING));
  }

  private void add(Who who, IssuedKey key) {
    keys.put(who, key);
    var request =
        Request.of("GET", TOKENS + "?offline_token=true")
            .with("Authorization", Http.basic(key.secret()));
    refreshTokens.put(who, http.require(200, request).path("refresh_token").asText());
  }

  private Bearer bearer(String owner, Map<String, Object> rule, String defaultProject) {
    String application =
        made(IAM + "applications", owner, Map.of("name", World.unique())).path("id").asText();
    String policy =
        made(
                IAM + "policies",
                owner,
                Map.of(
                    "name", World.unique(),
                    "application_id", application,
                    "rules", List.of(rule)))
            .path("id")
            .asText();
    return new Bearer(owner, application, policy, defaultProject);
  }

  private IssuedKey newKey(Bearer bearer, Map<String, Object> more) {
    Map<String, Object> body = new HashMap<>(more);
    body.put("application_id", bearer.application());
    body.put("default_project_id", bearer.defaultProject());
    JsonNode key = made(IAM + "api-keys", bearer.owner(), body);
    return new IssuedKey(bearer, key.path("access_key").asText(), key.path("secret_key").asText());
  }

  private JsonNode made(String path, String secret, Map<String, Object> body) {
    return http.require(
        200, call("POST", secret, path).sending("application/json", Http.bytes(body)));
  }

  private void awaitRefusal(Who who, String reason) {
    Request request = call("GET", secret(who), World.REGISTRY + "/namespaces");
    Deadline.in(Duration.ofSeconds(30))
        .await(
            () -> Http.json(http.send(request).body()).path("reason").asText().equals(reason),
            () -> "the key of " + who + " is still good");
  }

  private static Request call(String method, String secret, String path) {
    return Request.of(method, path).with("X-Auth-Token", secret);
  }
}
