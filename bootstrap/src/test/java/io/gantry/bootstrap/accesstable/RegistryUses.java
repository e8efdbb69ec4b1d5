package io.gantry.bootstrap.accesstable;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gantry.bootstrap.accesstable.Case.Presence;
import io.gantry.bootstrap.accesstable.Row.Face;
import io.gantry.bootstrap.accesstable.World.Home;
import java.net.URLEncoder;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Calls of Registry API v1, over REST and gRPC from the same arguments. */
final class RegistryUses {
  private static final String PREFIX = "/registry/v1/regions/{region}";
  private static final String ID = "id";

  private final World world;

  RegistryUses(World world) {
    this.world = world;
  }

  /** What an operation is given, and the text that a list has if it shows the thing. */
  private record Use(Map<String, Object> arguments, String shows) {}

  /** Whether a route is one of these, over either face. */
  static boolean has(Case of) {
    return of.face() == Face.GRPC
        ? !of.route().operation().isEmpty()
        : of.route().path().startsWith(PREFIX);
  }

  static String operation(Case of) {
    return of.face() == Face.GRPC
        ? of.route().operation()
        : of.route().method() + " " + of.route().path().substring(PREFIX.length());
  }

  Request request(Case of, Presence presence) {
    boolean there = presence == Presence.THERE;
    String operation = operation(of);
    Use use = use(operation, of, there);
    Object id = use.arguments().getOrDefault(ID, "");
    Request request = of.face() == Face.GRPC ? grpc(of, operation, use) : rest(of, operation, use);
    return request.about(id.toString()).showing(use.shows());
  }

  private Use use(String operation, Case of, boolean there) {
    boolean fresh = there && of.expectsSuccess();
    Home home = world.home(of.seen(), false);
    return switch (operation) {
      case "GET /namespaces" ->
          new Use(Map.of("name", there ? home.namespace() : World.unique()), home.namespaceId());
      case "POST /namespaces" ->
          use(
              Map.of(
                  "name",
                  World.unique(),
                  "project_id",
                  there ? world.keys().project() : anyId(),
                  "is_public",
                  of.seen().namespacePublic()));
      case "GET /namespaces/{id}" -> use(Map.of(ID, there ? home.namespaceId() : anyId()));
      case "PATCH /namespaces/{id}" ->
          use(Map.of(ID, there ? home.namespaceId() : anyId(), "description", "changed"));
      case "DELETE /namespaces/{id}" ->
          use(Map.of(ID, there ? world.home(of.seen(), fresh).namespaceId() : anyId()));
      case "GET /images" ->
          new Use(Map.of("namespace_id", there ? home.namespaceId() : anyId()), home.image());
      case "GET /images/{id}", "GET /images/{id}/tags" ->
          use(Map.of(ID, there ? home.image() : anyId()));
      case "PATCH /images/{id}" ->
          use(Map.of(ID, there ? home.image() : anyId(), "visibility", of.seen().visibility()));
      case "DELETE /images/{id}" ->
          use(Map.of(ID, fresh ? world.newImage(home) : there ? home.image() : anyId()));
      case "GET /tags/{id}" -> use(Map.of(ID, there ? home.tag() : anyId()));
      case "DELETE /tags/{id}" ->
          use(Map.of(ID, fresh ? world.newTag(home) : there ? home.tag() : anyId()));
      default -> throw new AssertionError("nothing is known of " + operation);
    };
  }

  private static Use use(Map<String, Object> arguments) {
    return new Use(arguments, "");
  }

  private static String anyId() {
    return UUID.randomUUID().toString();
  }

  private static Request rest(Case of, String operation, Use use) {
    Map<String, Object> rest = new TreeMap<>(use.arguments());
    Object id = rest.remove(ID);
    String path = of.route().path().replace("{region}", "fr-par");
    if (id != null) path = path.replace("{id}", id.toString());
    if (!operation.startsWith("GET")) {
      var request = Request.of(of.route().method(), path);
      return rest.isEmpty() ? request : request.sending("application/json", Http.bytes(rest));
    }
    var query = new StringBuilder();
    rest.forEach(
        (name, value) ->
            query
                .append(query.isEmpty() ? '?' : '&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value.toString(), UTF_8)));
    return Request.of("GET", path + query);
  }

  private static Request grpc(Case of, String operation, Use use) {
    Map<String, Object> arguments = new TreeMap<>(use.arguments());
    Object id = arguments.remove(ID);
    if (id != null) arguments.put(nameOfId(operation), id);
    arguments.put("region", "fr-par");
    return Request.of("", of.route().path()).giving(arguments);
  }

  private static String nameOfId(String operation) {
    if (operation.contains("/namespaces/")) return "namespace_id";
    return operation.contains("/images/") ? "image_id" : "tag_id";
  }
}
