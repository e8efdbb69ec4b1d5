package io.gantry.oci;

import static io.gantry.oci.Registry.as;
import static io.gantry.oci.Registry.asNobody;
import static io.gantry.oci.Registry.asOwner;
import static io.gantry.oci.Registry.digestOf;
import static io.gantry.oci.Registry.pushBlob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.gantry.domain.blob.Digest;
import io.gantry.oci.manifest.Documents;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hamcrest.Matcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What refers to a manifest; the server's own page here holds three. */
@QuarkusTest
final class ReferrersTest {
  private static final Digest SUBJECT = digestOf("a manifest that was never pushed");

  private final Registry registry;
  private String namespace;
  private String app;

  ReferrersTest(Registry registry) {
    this.registry = registry;
  }

  @BeforeEach
  void pushBlobs() {
    this.namespace = registry.namespace();
    this.app = namespace + "/app";
    var _ = pushBlob(app, "{}");
  }

  @Test
  void describesAnImageManifestByItsOwnType() {
    String document = image("\"artifactType\":\"application/x.bom+json\",", annotations("a", "b"));
    Digest digest = push(document, Documents.OCI_MANIFEST);

    Response answer = list("").extract().response();

    assertThat(answer.header("Content-Type")).isEqualTo(Documents.OCI_INDEX);
    assertThat(answer.header("OCI-Filters-Applied")).isNull();
    assertThat(answer.header("Link")).isNull();
    JsonPath index = answer.jsonPath();
    assertThat(index.getInt("schemaVersion")).isEqualTo(2);
    assertThat(index.getString("mediaType")).isEqualTo(Documents.OCI_INDEX);
    assertThat(index.<Map<String, Object>>getList("manifests"))
        .containsExactly(
            Map.of(
                "mediaType", Documents.OCI_MANIFEST,
                "digest", digest.toString(),
                "size", document.length(),
                "artifactType", "application/x.bom+json",
                "annotations", Map.of("a", "b")));
  }

  @Test
  void describesAnImageManifestWithoutATypeByItsConfiguration() {
    var _ = push(image("", ""), Documents.OCI_MANIFEST);

    list("")
        .body("manifests[0].artifactType", equalTo(Documents.OCI_CONFIG))
        .body("manifests[0].annotations", nullValue());
  }

  @Test
  void describesAnIndexWithoutATypeByNone() {
    var _ = push(index(""), Documents.OCI_INDEX);
    list("").body("manifests[0].artifactType", nullValue());
    var _ = push(index("\"artifactType\":\"a/b\","), Documents.OCI_INDEX);
    assertThat(list("").extract().<List<String>>path("manifests.artifactType"))
        .containsExactlyInAnyOrder("a/b", null);
  }

  @Test
  void leavesAwayWhatIsNoAnnotation() {
    var _ =
        push(
            image("", "\"annotations\":{\"a\":\"\\u00e9\\n\",\"b\":{\"c\":1},\"d\":null},"),
            Documents.OCI_MANIFEST);
    list("").body("manifests[0].annotations", equalTo(Map.of("a", "\u00e9\n")));
  }

  /** Json that is written in ASCII has other characters in names like this. */
  @Test
  void describesManifestsWhateverTheirNamesAre() {
    var _ =
        push(
            image(
                "\"\\ud83d\\udea2\":1,",
                "\"annotations\":{\"\\ud83d\\udea2\":\"\\ud83d\\udea2\"},"),
            Documents.OCI_MANIFEST);
    list("").body("manifests[0].annotations", equalTo(Map.of("\ud83d\udea2", "\ud83d\udea2")));

    var _ =
        push(image("\"\\ud800\":1,", annotations("\\ud800", "\\udc00")), Documents.OCI_MANIFEST);
    list("").body("manifests", hasSize(2));
  }

  @Test
  void listsOnlyTheTypeThatIsAskedFor() {
    Digest wanted = push(index("\"artifactType\":\"a/b+c\","), Documents.OCI_INDEX);
    var _ = push(index(""), Documents.OCI_INDEX);

    list("?artifactType=a%2Fb%2Bc")
        .header("OCI-Filters-Applied", "artifactType")
        .body("manifests.digest", equalTo(List.of(wanted.toString())));
    list("?artifactType=other").header("OCI-Filters-Applied", "artifactType").body(noManifests());
    list("?artifactType=").header("OCI-Filters-Applied", nullValue()).body("manifests", hasSize(2));
  }

  @Test
  void listsEachOnceByFollowingLinks() {
    List<String> pushed = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      String type = "\"artifactType\":\"a/b+c\",\"annotations\":{\"i\":\"" + i + "\"},";
      pushed.add(push(index(type), Documents.OCI_INDEX).toString());
    }
    for (String filter : List.of("", "?artifactType=a%2Fb%2Bc")) {
      List<String> seen = new ArrayList<>();
      @Nullable String next = "/v2/" + app + "/referrers/" + SUBJECT + filter;
      while (next != null) {
        Response page = asOwner().get(next);
        assertThat(page.statusCode()).isEqualTo(200);
        seen.addAll(page.path("manifests.digest"));
        String link = page.header("Link");
        next = link == null ? null : link.replaceAll("<(.*)>; rel=\"next\"", "$1");
      }
      assertThat(seen).hasSize(7).containsExactlyInAnyOrderElementsOf(pushed);
    }
  }

  @Test
  void forgetsAReferrerThatIsDeleted() {
    Digest digest = push(index(""), Documents.OCI_INDEX);
    asOwner().delete("/v2/" + app + "/manifests/" + digest).then().statusCode(202);
    list("").body(noManifests());
  }

  @Test
  void keepsThoseOfASubjectThatIsDeleted() {
    String subject = Documents.index("");
    Digest digest = push(subject, Documents.OCI_INDEX);
    String referrer =
        Documents.index(
            "\"subject\":"
                + Documents.descriptor(Documents.OCI_INDEX, digest, subject.length())
                + ",");
    var _ = push(referrer, Documents.OCI_INDEX);
    asOwner().delete("/v2/" + app + "/manifests/" + digest).then().statusCode(202);
    asOwner()
        .get("/v2/" + app + "/referrers/" + digest)
        .then()
        .body("manifests.digest", equalTo(List.of(digestOf(referrer).toString())));
  }

  @Test
  void listsNoneOfARepositoryThatIsNotThere() {
    asOwner()
        .get("/v2/" + namespace + "/other/referrers/" + SUBJECT)
        .then()
        .statusCode(200)
        .contentType(Documents.OCI_INDEX)
        .body(noManifests());
  }

  @Test
  void answersAHeadWithTheTrueLength() {
    var _ = push(index(""), Documents.OCI_INDEX);
    String path = "/v2/" + app + "/referrers/" + SUBJECT;
    int length = asOwner().get(path).asByteArray().length;
    Response head = asOwner().head(path);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().getValues("Content-Length")).containsExactly(String.valueOf(length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha256:bad", "latest", "sha1:00", "sha256%3A"})
  void refusesWhatIsNoDigest(String subject) {
    asOwner()
        .get("/v2/" + app + "/referrers/" + subject)
        .then()
        .statusCode(400)
        .body("errors[0].code", equalTo("DIGEST_INVALID"));
  }

  @Test
  void refusesAPageThatIsNone() {
    asOwner()
        .get("/v2/" + app + "/referrers/" + SUBJECT + "?last=x")
        .then()
        .statusCode(400)
        .body("errors[0].code", equalTo("DIGEST_INVALID"));
  }

  @Test
  void saysTheSameOfWhatIsHiddenAndWhatIsAbsent() {
    for (String repository : List.of(app, namespace + "/other", "not-there/app")) {
      String path = "/v2/" + repository + "/referrers/" + SUBJECT;
      as(Callers.STRANGER)
          .get(path)
          .then()
          .statusCode(404)
          .body("errors[0].code", equalTo("NAME_UNKNOWN"));
      asNobody().get(path).then().statusCode(401);
      as(Callers.READER).get(path).then().statusCode(repository.startsWith(namespace) ? 200 : 404);
    }
  }

  @Test
  void hasNoOtherMethod() {
    asOwner().delete("/v2/" + app + "/referrers/" + SUBJECT).then().statusCode(405);
    asOwner().put("/v2/" + app + "/referrers/" + SUBJECT).then().statusCode(405);
    asOwner().post("/v2/" + app + "/referrers/" + SUBJECT).then().statusCode(405);
  }

  private ValidatableResponse list(String query) {
    return asOwner().get("/v2/" + app + "/referrers/" + SUBJECT + query).then().statusCode(200);
  }

  private static Matcher<String> noManifests() {
    return containsString("\"manifests\":[]");
  }

  private static String subject() {
    return "\"subject\":" + Documents.descriptor(Documents.OCI_MANIFEST, SUBJECT, 32) + ",";
  }

  private static String annotations(String name, String value) {
    return "\"annotations\":{\"" + name + "\":\"" + value + "\"},";
  }

  private static String image(String type, String more) {
    return Documents.image(
        type + subject() + more, Documents.descriptor(Documents.OCI_CONFIG, digestOf("{}"), 2));
  }

  private static String index(String more) {
    return Documents.index(more + subject());
  }

  private Digest push(String document, String mediaType) {
    asOwner()
        .contentType(mediaType)
        .body(document.getBytes(StandardCharsets.UTF_8))
        .put("/v2/" + app + "/manifests/" + digestOf(document))
        .then()
        .statusCode(201);
    return digestOf(document);
  }
}
