package io.gantry.oci;

import static io.gantry.oci.Registry.asNobody;
import static io.gantry.oci.Registry.asOwner;
import static io.gantry.oci.Registry.digestOf;
import static io.gantry.oci.Registry.imageOf;
import static io.gantry.oci.Registry.pushImage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.gantry.domain.blob.Digest;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images whose names are words of the protocol's own paths are images like any other. */
@QuarkusTest
final class KeywordNameTest {
  private final Registry registry;

  KeywordNameTest(Registry registry) {
    this.registry = registry;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "blobs",
        "blobs/b",
        "blobs/uploads",
        "blobs/uploads/blobs",
        "manifests",
        "manifests/latest",
        "tags/list",
        "tags/list/tags/list",
        "referrers/b",
        "uploads",
        "v2/blobs",
      })
  void canBePushedListedPulledAndDeleted(String image) {
    String repository = registry.namespace() + "/" + image;
    String layer = "layer of " + image;
    Digest manifest = pushImage(repository, "latest", layer);

    asOwner()
        .get("/v2/" + repository + "/manifests/latest")
        .then()
        .statusCode(200)
        .header("Docker-Content-Digest", manifest.toString());
    assertThat(
            asOwner().get("/v2/" + repository + "/blobs/" + digestOf(layer)).body().asByteArray())
        .isEqualTo(layer.getBytes(StandardCharsets.UTF_8));
    asOwner()
        .get("/v2/" + repository + "/tags/list")
        .then()
        .statusCode(200)
        .body("name", equalTo(repository))
        .body("tags", contains("latest"));
    asOwner().get("/v2/" + repository + "/referrers/" + manifest).then().statusCode(200);
    asOwner().delete("/v2/" + repository + "/manifests/" + manifest).then().statusCode(202);
    asOwner().get("/v2/" + repository + "/manifests/latest").then().statusCode(404);
  }

  /**
   * What belongs to {@code ns/a} is not to be had through {@code ns/a/blobs/b}, or without a key.
   */
  @Test
  void areNotWaysToAnotherImage() {
    String namespace = registry.namespace();
    String hidden = namespace + "/a";
    var _ = pushImage(hidden, "latest", "hidden");
    var _ = pushImage(hidden + "/blobs/b", "latest", "other");

    Digest blob = digestOf("hidden");
    Digest manifest = digestOf(imageOf("hidden"));
    asOwner().get("/v2/" + hidden + "/blobs/b/blobs/" + blob).then().statusCode(404);
    asOwner().get("/v2/" + hidden + "/blobs/b/manifests/" + manifest).then().statusCode(404);
    for (String repository : new String[] {hidden, hidden + "/blobs/b", namespace + "/blobs"}) {
      asNobody().get("/v2/" + repository + "/blobs/" + blob).then().statusCode(401);
      asNobody().get("/v2/" + repository + "/manifests/" + manifest).then().statusCode(401);
    }
  }
}
