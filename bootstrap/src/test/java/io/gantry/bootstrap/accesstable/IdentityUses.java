package io.gantry.bootstrap.accesstable;

import io.gantry.bootstrap.accesstable.Case.Presence;
import io.gantry.bootstrap.accesstable.Keys.IssuedKey;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Calls about projects, keys, applications and policies. */
final class IdentityUses {
  private static final String OWN = "{own}";

  private final Keys keys;

  IdentityUses(Keys keys) {
    this.keys = keys;
  }

  Request request(Case of, Presence presence) {
    boolean there = presence == Presence.THERE;
    String path = of.route().path();
    if (path.contains(OWN)) return own(of, path);
    String id = there ? id(path, of) : absentId(path);
    String method = of.route().method();
    return switch (method) {
      case "GET" -> get(path, id);
      case "POST" -> create(path, id);
      case "PATCH" -> change(Request.of(method, path.replace("{id}", id))).about(id);
      case "PUT" ->
          json(Request.of(method, path), Map.of("policy_id", id, "rules", List.of(rule())))
              .about(id);
      default -> Request.of(method, path.replace("{id}", id)).about(id);
    };
  }

  /** The caller's own key; one that is to be deleted is made for it, and calls itself. */
  private Request own(Case of, String path) {
    IssuedKey key = keys.key(of.who());
    boolean fresh = of.expectsSuccess() && of.route().method().equals("DELETE");
    if (fresh) key = keys.newKey(key.bearer());
    var request = Request.of(of.route().method(), path.replace(OWN, key.accessKey()));
    if (fresh) return request.by(key.secret());
    return of.route().method().equals("PATCH") ? change(request) : request;
  }

  /** A list shows what it is asked for by id, if the caller may see it. */
  private static Request get(String path, String id) {
    if (path.contains("{id}")) return Request.of("GET", path.replace("{id}", id)).about(id);
    if (path.endsWith("permission-sets")) return Request.of("GET", path);
    return Request.of("GET", path + "?" + filter(path) + "=" + id)
        .about(id)
        .showing('"' + id + '"');
  }

  private static String filter(String path) {
    return switch (noun(path)) {
      case "projects" -> "project_ids";
      case "api-keys" -> "access_keys";
      case "applications" -> "application_ids";
      case "policies" -> "policy_ids";
      default -> throw new AssertionError("nothing is known of " + path);
    };
  }

  private Request create(String path, String id) {
    Map<String, Object> body =
        switch (noun(path)) {
          case "projects", "applications" -> Map.of("name", World.unique(), "organization_id", id);
          case "policies" ->
              Map.of(
                  "name",
                  World.unique(),
                  "organization_id",
                  id,
                  "no_principal",
                  true,
                  "rules",
                  List.of(rule()));
          case "api-keys" -> Map.of("application_id", id);
          default -> throw new AssertionError("nothing is known of " + path);
        };
    return json(Request.of("POST", path), body).about(id);
  }

  /** What the call is about; what it takes away is made for it. */
  private String id(String path, Case of) {
    boolean fresh = of.expectsSuccess() && of.route().method().equals("DELETE");
    if (of.route().method().equals("POST")) {
      return noun(path).equals("api-keys") ? keys.shared().application() : keys.organization();
    }
    return switch (noun(path)) {
      case "projects" -> fresh ? keys.newProject() : keys.project();
      case "api-keys" -> (fresh ? keys.newKey(keys.newBearer()) : keys.sharedKey()).accessKey();
      case "applications" -> (fresh ? keys.newBearer() : keys.shared()).application();
      case "policies", "rules" -> (fresh ? keys.newBearer() : keys.shared()).policy();
      default -> "";
    };
  }

  private static String absentId(String path) {
    String id = UUID.randomUUID().toString();
    boolean isKey = path.contains("api-keys/") || path.endsWith("api-keys");
    return isKey && !path.endsWith("api-keys")
        ? "SCW" + id.replace("-", "").substring(0, 17).toUpperCase(Locale.ROOT)
        : id;
  }

  private Map<String, Object> rule() {
    return Keys.fullAccess(keys.project());
  }

  private static Request change(Request request) {
    return json(request, Map.of("description", "changed"));
  }

  private static Request json(Request request, Map<String, Object> body) {
    return request.sending("application/json", Http.bytes(body));
  }

  /** {@code projects} of {@code /account/v3/projects/{id}}. */
  private static String noun(String path) {
    return path.split("[/?]", -1)[3];
  }
}
