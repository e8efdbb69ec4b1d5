package io.gantry.oci;

import static io.restassured.RestAssured.given;

import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.InMemoryRegistry.ImageRow;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.DigestAlgorithm;
import io.gantry.domain.image.Visibility;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.NamespaceName;
import io.gantry.domain.namespace.Region;
import io.gantry.oci.manifest.Documents;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Arranges what tests start from; everything has a namespace of its own. */
@Singleton
final class Registry {
  private final InMemoryRegistry registry;

  Registry(InMemoryRegistry registry) {
    this.registry = registry;
  }

  /** The name of a new, private namespace of the owner's. */
  String namespace() {
    return namespace(World.PARIS);
  }

  String namespace(Region region) {
    String name = "ns-" + UUID.randomUUID();
    Namespace namespace =
        Namespace.create(
            new NamespaceId(UUID.randomUUID()),
            region,
            new NamespaceName(name),
            "",
            new OrganizationId(UUID.randomUUID()),
            Callers.OWNER.project(),
            false,
            registry.clock.instant());
    registry.run(() -> registry.namespaces.put(namespace.id(), namespace));
    return name;
  }

  void publish(String namespace) {
    registry.run(
        () ->
            registry.namespaces.replaceAll(
                (_, n) ->
                    n.name().value().equals(namespace)
                        ? n.makePublic(true, registry.clock.instant())
                        : n));
  }

  /** Changes the visibility of every image of a namespace. */
  void show(String namespace, Visibility visibility) {
    NamespaceId id =
        registry.namespaces.values().stream()
            .filter(n -> n.name().value().equals(namespace))
            .findFirst()
            .orElseThrow()
            .id();
    registry.run(
        () ->
            registry.images.replaceAll(
                (_, row) -> row.namespace().equals(id) ? with(row, visibility) : row));
  }

  private static ImageRow with(ImageRow row, Visibility visibility) {
    return new ImageRow(
        row.id(),
        row.namespace(),
        row.project(),
        row.region(),
        row.name(),
        row.status(),
        visibility,
        row.published(),
        row.size(),
        row.createdAt(),
        row.updatedAt());
  }

  static Digest digestOf(String content) {
    return Documents.digestOf(content);
  }

  static Digest sha512Of(String content) {
    return Digest.of(DigestAlgorithm.SHA512, content.getBytes(StandardCharsets.UTF_8));
  }

  /** A request as the owner sends it, its URL left as it is. */
  static RequestSpecification asOwner() {
    return as(Callers.OWNER);
  }

  static RequestSpecification as(Callers caller) {
    return asNobody().header("Authorization", caller.basic());
  }

  static RequestSpecification asNobody() {
    return given().urlEncodingEnabled(false).redirects().follow(false);
  }

  /** Opens a session and says where. */
  static String start(String repository) {
    return asOwner()
        .post("/v2/" + repository + "/blobs/uploads/")
        .then()
        .statusCode(202)
        .extract()
        .header("Location");
  }

  static Digest pushBlob(String repository, String content) {
    Digest digest = digestOf(content);
    asOwner()
        .contentType("application/octet-stream")
        .body(content.getBytes(StandardCharsets.UTF_8))
        .put(start(repository) + "?digest=" + digest)
        .then()
        .statusCode(201);
    return digest;
  }

  /** Pushes an image of one layer under a tag. */
  static Digest pushImage(String repository, String tag, String layer) {
    var _ = pushBlob(repository, "{}");
    var _ = pushBlob(repository, layer);
    return pushManifest(repository, tag, imageOf(layer));
  }

  static String imageOf(String layer) {
    return Documents.image(
        "",
        Documents.descriptor(Documents.OCI_CONFIG, digestOf("{}"), 2),
        Documents.descriptor(Documents.OCI_LAYER, digestOf(layer), layer.length()));
  }

  static Digest pushManifest(String repository, String reference, String document) {
    asOwner()
        .contentType(Documents.OCI_MANIFEST)
        .body(document.getBytes(StandardCharsets.UTF_8))
        .put("/v2/" + repository + "/manifests/" + reference)
        .then()
        .statusCode(201);
    return digestOf(document);
  }
}
