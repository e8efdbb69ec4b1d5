package io.gantry.rest;

import static io.gantry.domain.manifest.ManifestBuilder.aManifest;
import static io.gantry.rest.Client.REGION;
import static io.gantry.rest.Client.owner;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.gantry.domain.Catalogue;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.tag.Tag;
import io.gantry.domain.tag.TagName;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The four operations on images and the three on tags as clients see them. */
@QuarkusTest
final class ImageAndTagOperationsTest {
  private static final String IMAGES = REGION + "/images";
  private static final String TAGS = REGION + "/tags";
  private static final String PUSHED_AT = "2026-01-01T00:00:00.123456Z";

  private final TestRegistry registry;

  private Catalogue catalogue;
  private Namespace namespace;
  private ImageId image;
  private Tag latest;

  ImageAndTagOperationsTest(TestRegistry registry) {
    this.registry = registry;
  }

  @BeforeEach
  void push() {
    catalogue = registry.catalogue;
    namespace = registry.addNamespace();
    image = catalogue.addImage(namespace, "team/app");
    latest = push("latest", aManifest().layers(catalogue.addBlob(image, 1L << 33)).build());
  }

  @Test
  void listsImagesWithEveryKeyInTheContractsOrder() {
    owner()
        .get(IMAGES + "?name=team%2Fapp&namespace_id=" + namespace.id())
        .then()
        .statusCode(200)
        .contentType(equalTo("application/json"))
        .body(equalTo("{\"images\":[" + imageBody("ready") + "],\"total_count\":1}"));
  }

  @Test
  void getsAnImage() {
    owner().get(IMAGES + "/" + image).then().statusCode(200).body(equalTo(imageBody("ready")));
  }

  @Test
  void changesTheVisibility() {
    owner()
        .body("{\"visibility\":\"public\"}")
        .patch(IMAGES + "/" + image)
        .then()
        .statusCode(200)
        .body("visibility", equalTo("public"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"visibility\":\"\"}", "{\"visibility\":null}"})
  void leavesTheVisibilityAsItIsOnAnEmptyChange(String body) {
    owner()
        .body(body)
        .patch(IMAGES + "/" + image)
        .then()
        .statusCode(200)
        .body(equalTo(imageBody("ready")));
  }

  @ParameterizedTest
  @CsvSource({"'\"visibility_unknown\"',constraint", "'\"PUBLIC\"',constraint", "true,format"})
  void refusesAVisibilityThatIsNone(String json, String reason) {
    owner()
        .body("{\"visibility\":" + json + "}")
        .patch(IMAGES + "/" + image)
        .then()
        .statusCode(400)
        .body("details.argument_name", contains("visibility"))
        .body("details.reason", contains(reason));
  }

  @Test
  void deletesAnImageAtOnce() {
    owner()
        .delete(IMAGES + "/" + image)
        .then()
        .statusCode(200)
        .body("status", equalTo("deleting"))
        .body("tags", contains("latest"));
    owner().get(IMAGES + "/" + image).then().body("status", equalTo("deleting"));
    owner()
        .get(TAGS + "/" + latest.id())
        .then()
        .statusCode(404)
        .body(equalTo("{\"message\":\"Tag was not found\"}"));
    owner()
        .get(IMAGES + "/" + image + "/tags")
        .then()
        .statusCode(200)
        .body(equalTo("{\"tags\":[],\"total_count\":0}"));
  }

  @Test
  void listsTagsWithEveryKeyInTheContractsOrder() {
    owner()
        .get(IMAGES + "/" + image + "/tags?order_by=created_at_asc&page=1")
        .then()
        .statusCode(200)
        .body(
            equalTo("{\"tags\":[" + tagBody(latest, "ready", PUSHED_AT) + "],\"total_count\":1}"));
  }

  @Test
  void getsATag() {
    owner()
        .get(TAGS + "/" + latest.id())
        .then()
        .statusCode(200)
        .body(equalTo(tagBody(latest, "ready", PUSHED_AT)));
  }

  @Test
  void deletesATagAtOnce() {
    owner()
        .delete(TAGS + "/" + latest.id())
        .then()
        .statusCode(200)
        .body(equalTo(tagBody(latest, "deleting", Timestamps.write(registry.clock.instant()))));
    owner().get(TAGS + "/" + latest.id()).then().statusCode(404);
    owner()
        .get(IMAGES + "/" + image)
        .then()
        .body("tags", equalTo(List.of()))
        .body("size", equalTo(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?force=false", "?force="})
  void refusesToDeleteATagWhoseDigestAnotherHas(String query) {
    var _ = pushAgain("v1");

    owner()
        .delete(TAGS + "/" + latest.id() + query)
        .then()
        .statusCode(412)
        .body("type", equalTo("precondition_failed"))
        .body("precondition", equalTo("resource_still_in_use"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"?force=true", "?force=True"})
  void deletesOnlyThatTagWhenForced(String query) {
    Tag other = pushAgain("v1");

    owner().delete(TAGS + "/" + latest.id() + query).then().statusCode(200);
    owner().get(TAGS + "/" + other.id()).then().statusCode(200);
  }

  @ParameterizedTest
  @CsvSource({
    "/images/x,image_id",
    "/images/x/tags,image_id",
    "/tags/x,tag_id",
    "/images?namespace_id=x,namespace_id",
    "/images?order_by=description_asc,order_by"
  })
  void namesTheArgumentItCannotRead(String path, String argument) {
    owner()
        .get(REGION + path)
        .then()
        .statusCode(400)
        .body("details.argument_name", contains(argument));
  }

  @Test
  void saysWhichThingIsNotThere() {
    String unknown = "/00000000-0000-4000-8000-000000000000";

    owner()
        .get(IMAGES + unknown)
        .then()
        .statusCode(404)
        .body(equalTo("{\"message\":\"Image was not found\"}"));
    owner()
        .get(IMAGES + unknown + "/tags")
        .then()
        .statusCode(404)
        .body(equalTo("{\"message\":\"Image was not found\"}"));
    owner()
        .delete(TAGS + unknown)
        .then()
        .statusCode(404)
        .body(equalTo("{\"message\":\"Tag was not found\"}"));
  }

  private Tag push(String tag, Manifest manifest) {
    var _ = catalogue.push(image, manifest, tag);
    return catalogue
        .transaction(() -> catalogue.tags().findByName(image, new TagName(tag)))
        .orElseThrow();
  }

  /** Points another tag at what {@code latest} points at. */
  private Tag pushAgain(String tag) {
    catalogue.run(
        () -> {
          var _ =
              catalogue
                  .tags()
                  .put(
                      image,
                      new TagName(tag),
                      latest.digest(),
                      Catalogue.newTag(),
                      Catalogue.START);
        });
    return catalogue
        .transaction(() -> catalogue.tags().findByName(image, new TagName(tag)))
        .orElseThrow();
  }

  private String imageBody(String status) {
    return ("{'id':'%s','name':'team/app','namespace_id':'%s','status':'%s','status_message':'',"
            + "'visibility':'inherit','size':8589934592,'created_at':'%s','updated_at':'%s',"
            + "'tags':['latest']}")
        .formatted(image, namespace.id(), status, PUSHED_AT, PUSHED_AT)
        .replace('\'', '"');
  }

  private String tagBody(Tag tag, String status, String updatedAt) {
    return ("{'id':'%s','name':'%s','image_id':'%s','status':'%s','digest':'%s',"
            + "'created_at':'%s','updated_at':'%s'}")
        .formatted(tag.id(), tag.name(), image, status, tag.digest(), PUSHED_AT, updatedAt)
        .replace('\'', '"');
  }
}
