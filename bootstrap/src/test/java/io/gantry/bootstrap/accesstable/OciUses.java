package io.gantry.bootstrap.accesstable;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gantry.bootstrap.accesstable.Case.Presence;
import io.gantry.bootstrap.accesstable.World.Home;
import io.gantry.bootstrap.client.Content;
import io.gantry.oci.route.OciPath;
import io.gantry.oci.route.OciRoute;
import io.gantry.oci.route.OciRoute.Catalog;
import io.gantry.oci.route.OciRoute.OfBlob;
import io.gantry.oci.route.OciRoute.OfManifest;
import io.gantry.oci.route.OciRoute.OfUploads;
import java.util.Optional;
import java.util.UUID;

/** Fills in the places of the data plane's paths, and adds the bodies that routes want. */
final class OciUses {
  /** As long as {@link World#IMAGE}, so that lengths do not differ. */
  private static final String NO_IMAGE = "gon";

  private final World world;

  OciUses(World world) {
    this.world = world;
  }

  /** The repository that a case is about. */
  String repository(Case of, Presence presence) {
    String namespace =
        presence == Presence.ABSENT ? World.unique() : world.home(of.seen(), false).namespace();
    return namespace + "/" + (presence == Presence.IMAGE_ABSENT ? NO_IMAGE : World.IMAGE);
  }

  /** What a token has to be for. */
  String scopes(Case of, String repository) {
    return "?scope=repository:%s:*&scope=repository:%s:*&scope=registry:catalog:*"
        .formatted(repository, world.ownRepository(of.who()));
  }

  Request request(Case of, Presence presence, String repository) {
    boolean there = presence == Presence.THERE;
    boolean fresh = there && of.expectsSuccess() && of.route().method().equals("DELETE");
    Home home = world.home(of.seen(), false);
    OciRoute route = OciPath.parse(of.route().pathWithoutQuery());
    Optional<Content> content = content(of, route);
    String path = of.route().path();
    if (route instanceof Catalog)
      path += "?n=1&last=" + repository.substring(0, repository.length() - 1);
    if (path.contains("<tag>")) path = path.replace("<tag>", tag(of, home, fresh));
    if (path.contains("<blob>")) path = path.replace("<blob>", mountable(path, home, there));
    if (path.contains("<id>")) path = path.replace("<id>", upload(home, there));
    if (path.contains("<digest>")) {
      String digest = content.map(Content::digest).orElseGet(() -> digest(route, home, fresh));
      path = path.replace("<digest>", digest);
    }
    path =
        path.replace("<name>", repository)
            .replace("<own>", world.ownRepository(of.who()))
            .replace("{region}", "fr-par");
    var request =
        Request.of(of.route().method(), path)
            .about(repository, "/" + NO_IMAGE + "/", "/" + World.IMAGE + "/");
    if (route instanceof Catalog) request = request.showing('"' + repository + '"');
    if (isForm(of)) return form(of, path);
    String type = route instanceof OfManifest ? World.INDEX : "application/octet-stream";
    return content.isPresent() ? request.sending(type, content.get().bytes()) : request;
  }

  /** Whether it says who calls in a form, which stands in the table as a query. */
  static boolean isForm(Case of) {
    return of.route().path().contains("?grant_type=");
  }

  private Request form(Case of, String path) {
    String[] parts = path.split("\\?", 2);
    String fields = parts[1];
    Keys keys = world.keys();
    Optional<String> proof =
        fields.startsWith("grant_type=password")
            ? keys.secretOf(of.who()).map(secret -> "&username=nologin&password=" + secret)
            : keys.refreshTokenOf(of.who()).map(token -> "&refresh_token=" + token);
    return Request.of("POST", parts[0])
        .sending("application/x-www-form-urlencoded", (fields + proof.orElse("")).getBytes(UTF_8));
  }

  private static Optional<Content> content(Case of, OciRoute route) {
    return switch (of.route().method()) {
      case "PUT" -> Optional.of(route instanceof OfManifest ? World.newIndex() : World.newBlob());
      case "PATCH" -> Optional.of(World.newBlob());
      case "POST" ->
          route instanceof OfUploads && of.route().path().contains("?digest=")
              ? Optional.of(World.newBlob())
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private String tag(Case of, Home home, boolean fresh) {
    if (of.route().method().equals("PUT")) return World.unique();
    if (!fresh) return "1";
    String tag = World.unique();
    String _ = world.pushIndex(home.repository(), tag);
    return tag;
  }

  private String digest(OciRoute route, Home home, boolean fresh) {
    if (route instanceof OfBlob) return fresh ? world.pushBlob(home.repository()) : home.blob();
    return fresh ? world.pushIndex(home.repository(), World.unique()) : home.manifest();
  }

  /** A blob that no other repository has; nobody has it if the path says nothing of a source. */
  private String mountable(String path, Home home, boolean there) {
    return there || path.contains("<name>")
        ? world.pushBlob(home.repository())
        : World.newBlob().digest();
  }

  private String upload(Home home, boolean there) {
    return there ? world.openUpload(home.repository()) : UUID.randomUUID().toString();
  }

  /** Whether the route is about a blob's way into the caller's own repository. */
  static boolean mounts(Case of) {
    return of.route().path().contains("mount=");
  }
}
