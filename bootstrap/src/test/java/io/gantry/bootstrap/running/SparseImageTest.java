package io.gantry.bootstrap.running;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.gantry.bootstrap.client.Content;
import io.gantry.bootstrap.client.TestImage;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An image whose blobs come after its manifest, or not at all. */
@QuarkusTest
@RunningGantry
final class SparseImageTest {
  private TestImage image;
  private Content first;
  private Content second;
  private String namespace;
  private String app;

  @BeforeEach
  void pushTheManifestAlone() throws Exception {
    image = TestImage.random(2, 1000);
    first = image.layers().getFirst().content();
    second = image.layers().getLast().content();
    String name = "ns-" + UUID.randomUUID();
    namespace =
        given()
            .header("X-Auth-Token", PostgresTestResource.SECRET_KEY)
            .contentType("application/json")
            .body("{\"name\":\"%s\"}".formatted(name))
            .post("/registry/v1/regions/fr-par/namespaces")
            .then()
            .statusCode(200)
            .extract()
            .path("id");
    app = "/v2/" + name + "/app/";
    asOwner()
        .contentType(TestImage.MANIFEST_TYPE)
        .body(image.manifest().bytes())
        .put(app + "manifests/latest")
        .then()
        .statusCode(201);
  }

  @Test
  void isFoundWithoutItsBlobs() {
    asOwner()
        .get(app + "manifests/latest")
        .then()
        .statusCode(200)
        .header("Docker-Content-Digest", image.manifest().digest());
    asOwner()
        .get(app + "blobs/" + first.digest())
        .then()
        .statusCode(404)
        .body("errors[0].code", equalTo("BLOB_UNKNOWN"));
    theImage().body("images[0].size", equalTo(0));
  }

  @Test
  void hasTheSizeOfTheLayersThatCame() {
    push(first);
    theImage().body("images[0].size", equalTo((int) first.size()));

    for (Content blob : image.blobs()) push(blob);
    theImage().body("images[0].size", equalTo((int) first.size() + (int) second.size()));
    asOwner().get(app + "blobs/" + second.digest()).then().statusCode(200);
  }

  @Test
  void keepsTheLayersThatCame() {
    push(first);

    asOwner().delete(app + "blobs/" + first.digest()).then().statusCode(405);
    asOwner().delete(app + "blobs/" + second.digest()).then().statusCode(404);
  }

  private void push(Content blob) {
    String location =
        asOwner().post(app + "blobs/uploads/").then().statusCode(202).extract().header("Location");
    asOwner()
        .contentType("application/octet-stream")
        .body(blob.bytes())
        .put(location + (location.contains("?") ? "&" : "?") + "digest=" + blob.digest())
        .then()
        .statusCode(201);
  }

  private ValidatableResponse theImage() {
    return given()
        .header("X-Auth-Token", PostgresTestResource.SECRET_KEY)
        .get("/registry/v1/regions/fr-par/images?namespace_id=" + namespace)
        .then()
        .statusCode(200)
        .body("total_count", equalTo(1));
  }

  private static RequestSpecification asOwner() {
    return given()
        .urlEncodingEnabled(false)
        .auth()
        .preemptive()
        .basic("nologin", PostgresTestResource.SECRET_KEY);
  }
}
