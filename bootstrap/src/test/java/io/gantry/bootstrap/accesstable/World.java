package io.gantry.bootstrap.accesstable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.gantry.bootstrap.client.Content;
import io.gantry.bootstrap.running.PostgresTestResource;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

/** What the routes are tried on, and the means to make more of it, as somebody who may do all. */
final class World {
  static final String INDEX = "application/vnd.oci.image.index.v1+json";
  static final String REGISTRY = "/registry/v1/regions/fr-par";

  /** The image of every {@link Home}. */
  static final String IMAGE = "app";

  private static final String SECRET = PostgresTestResource.SECRET_KEY;

  private final Http http;
  private final Keys keys;
  private final Map<Seen, Home> homes = new EnumMap<>(Seen.class);
  private final Map<String, String> ownRepositories;

  /**
   * A namespace with an image in the project of most keys.
   *
   * @param tag the id of the tag {@code 1}
   * @param manifest its digest
   * @param blob the digest of one that no manifest lists
   */
  record Home(
      Seen seen,
      String namespaceId,
      String namespace,
      String image,
      String tag,
      String manifest,
      String blob) {
    String repository() {
      return namespace + "/" + IMAGE;
    }
  }

  World(Http http, Keys keys) {
    this.http = http;
    this.keys = keys;
    for (Seen seen : Seen.values()) {
      homes.put(seen, home(seen));
    }
    ownRepositories =
        Map.of(
            keys.project(), newRepository(SECRET, keys.project()),
            keys.otherProject(), newRepository(SECRET, keys.otherProject()),
            keys.foreignProject(),
                newRepository(keys.secret(Who.OTHER_ORGANIZATION), keys.foreignProject()));
  }

  Keys keys() {
    return keys;
  }

  Home home(Seen seen, boolean fresh) {
    return fresh ? home(seen) : requireNonNull(homes.get(seen));
  }

  /** A private repository in the caller's default project. */
  String ownRepository(Who who) {
    String project =
        switch (who) {
          case OTHER_PROJECT -> keys.otherProject();
          case OTHER_ORGANIZATION -> keys.foreignProject();
          default -> keys.project();
        };
    return requireNonNull(ownRepositories.get(project));
  }

  static String unique() {
    return "access-" + UUID.randomUUID();
  }

  /** A document that was never pushed. */
  static Content newIndex() {
    return Content.of(
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[],\"annotations\":{\"n\":\"%s\"}}"
            .formatted(INDEX, UUID.randomUUID())
            .getBytes(UTF_8));
  }

  static Content newBlob() {
    return Content.of(UUID.randomUUID().toString().getBytes(UTF_8));
  }

  String pushBlob(String repository) {
    Content blob = newBlob();
    http.require(
        201,
        asOwner("POST", "/v2/" + repository + "/blobs/uploads/?digest=" + blob.digest())
            .sending("application/octet-stream", blob.bytes()));
    return blob.digest();
  }

  /** Pushes a manifest like no other and returns its digest. */
  String pushIndex(String repository, String tag) {
    Content index = newIndex();
    http.require(
        201,
        asOwner("PUT", "/v2/" + repository + "/manifests/" + tag).sending(INDEX, index.bytes()));
    return index.digest();
  }

  /** Opens an upload and returns its id. */
  String openUpload(String repository) {
    String location =
        http.exchange(asOwner("POST", "/v2/" + repository + "/blobs/uploads/"))
            .headers()
            .firstValue("Location")
            .orElseThrow();
    return location.substring(location.lastIndexOf('/') + 1).replaceFirst("\\?.*", "");
  }

  /** The id of an image of its own kind of visibility, beside the one that stays. */
  String newImage(Home home) {
    String name = unique();
    pushIndex(home.namespace() + "/" + name, "1");
    return publish(home.seen(), imageId(home.namespaceId(), name));
  }

  /** The id of a tag, beside the one that stays. */
  String newTag(Home home) {
    String name = unique();
    pushIndex(home.repository(), name);
    return tagId(home.image(), name);
  }

  private Home home(Seen seen) {
    String name = unique();
    String id = newNamespace(SECRET, name, keys.project(), seen.namespacePublic());
    String repository = name + "/" + IMAGE;
    String manifest = pushIndex(repository, "1");
    String image = publish(seen, imageId(id, IMAGE));
    return new Home(seen, id, name, image, tagId(image, "1"), manifest, pushBlob(repository));
  }

  private String newRepository(String secret, String project) {
    String name = unique();
    String _ = newNamespace(secret, name, project, false);
    return name + "/" + IMAGE;
  }

  private String newNamespace(String secret, String name, String project, boolean isPublic) {
    return http.require(
            200,
            Request.of("POST", REGISTRY + "/namespaces")
                .with("X-Auth-Token", secret)
                .sending(
                    "application/json",
                    Http.bytes(Map.of("name", name, "project_id", project, "is_public", isPublic))))
        .path("id")
        .asText();
  }

  private String publish(Seen seen, String image) {
    http.require(
        200,
        asOwner("PATCH", REGISTRY + "/images/" + image)
            .sending("application/json", Http.bytes(Map.of("visibility", seen.visibility()))));
    return image;
  }

  private String imageId(String namespace, String name) {
    return onlyOne("/images?namespace_id=" + namespace + "&name=" + name, "images");
  }

  private String tagId(String image, String name) {
    return onlyOne("/images/" + image + "/tags?name=" + name, "tags");
  }

  private String onlyOne(String path, String list) {
    JsonNode found = http.require(200, asOwner("GET", REGISTRY + path)).path(list);
    if (found.size() != 1) throw new AssertionError(path + " has not one: " + found);
    return found.path(0).path("id").asText();
  }

  private static Request asOwner(String method, String path) {
    return Request.of(method, path)
        .with("X-Auth-Token", SECRET)
        .with("Authorization", Http.basic(SECRET));
  }
}
