package io.gantry.oci;

import static io.gantry.oci.Registry.as;
import static io.gantry.oci.Registry.asOwner;
import static io.gantry.oci.Registry.digestOf;
import static io.gantry.oci.Registry.imageOf;
import static io.gantry.oci.Registry.pushBlob;
import static io.gantry.oci.Registry.pushManifest;
import static io.gantry.oci.Registry.sha512Of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.gantry.domain.blob.Digest;
import io.gantry.oci.manifest.Documents;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pushing, pulling and deleting manifests. */
@QuarkusTest
final class ManifestTest {
  private static final String IMAGE = imageOf("layer");
  private static final Digest DIGEST = digestOf(IMAGE);

  private final Registry registry;
  private String app;
  private String manifests;

  ManifestTest(Registry registry) {
    this.registry = registry;
  }

  @BeforeEach
  void pushBlobs() {
    this.app = registry.namespace() + "/app";
    this.manifests = "/v2/" + app + "/manifests/";
    var _ = pushBlob(app, "{}");
    var _ = pushBlob(app, "layer");
  }

  @Test
  void takesAManifestByTagAndByDigest() {
    for (String reference : new String[] {"latest", DIGEST.toString()}) {
      put(reference, IMAGE)
          .statusCode(201)
          .header("Location", manifests + DIGEST)
          .header("Docker-Content-Digest", DIGEST.toString())
          .header("Docker-Distribution-Api-Version", "registry/2.0")
          .header("OCI-Subject", nullValue());
    }
  }

  @Test
  void answersTheExactBytesAndType() {
    var _ = pushManifest(app, "latest", IMAGE);
    for (String reference : new String[] {"latest", DIGEST.toString()}) {
      Response answer =
          asOwner()
              .header("Accept", "application/vnd.docker.distribution.manifest.v1+json")
              .header("Accept-Encoding", "gzip")
              .get(manifests + reference);
      requireHeaders(answer);
      assertThat(answer.asByteArray()).isEqualTo(IMAGE.getBytes(StandardCharsets.UTF_8));
      requireHeaders(asOwner().head(manifests + reference));
    }
  }

  @Test
  void answersThatACopyIsStillGood() {
    var _ = pushManifest(app, "latest", IMAGE);
    for (String known : new String[] {"\"x\", \"" + DIGEST + "\"", "W/\"" + DIGEST + "\"", "*"}) {
      asOwner().header("If-None-Match", known).get(manifests + "latest").then().statusCode(304);
      asOwner().header("If-None-Match", known).head(manifests + "latest").then().statusCode(304);
    }
    String other = "\"" + digestOf("other") + "\"";
    asOwner().header("If-None-Match", other).get(manifests + "latest").then().statusCode(200);
    asOwner().header("If-None-Match", other).head(manifests + "latest").then().statusCode(200);
  }

  @Test
  void takesAManifestBySha512() {
    Digest digest = sha512Of(IMAGE);
    put(digest.toString(), IMAGE)
        .statusCode(201)
        .header("Docker-Content-Digest", digest.toString());
    asOwner()
        .head(manifests + digest)
        .then()
        .statusCode(200)
        .header("Docker-Content-Digest", digest.toString());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void pointsTheTagsThatAPushByDigestNames(boolean sha512) {
    Digest digest = sha512 ? sha512Of(IMAGE) : DIGEST;
    List<String> tags = IntStream.range(0, World.TAGS_PER_PUSH).mapToObj(i -> "tag-" + i).toList();
    List<String> listed =
        put(digest + "?tag=" + String.join("&tag=", tags), IMAGE)
            .statusCode(201)
            .extract()
            .headers()
            .getValues("OCI-Tag");
    assertThat(listed).containsExactlyElementsOf(tags);
    for (String tag : tags) {
      asOwner()
          .head(manifests + tag)
          .then()
          .statusCode(200)
          .header("Docker-Content-Digest", digest.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"?tag=ok&tag=not%20a%20tag", "?tag=ok&tag=", "?tag=ok&tag=%2e%2e"})
  void pointsNoTagIfOneIsBad(String query) {
    put(DIGEST + query, IMAGE).statusCode(400).body("errors[0].code", equalTo("TAG_INVALID"));
    asOwner().head(manifests + "ok").then().statusCode(404);
    asOwner().head(manifests + DIGEST).then().statusCode(404);
  }

  @Test
  void refusesMoreTagsThanItTakes() {
    put(DIGEST + "?tag=x" + "&tag=x".repeat(World.TAGS_PER_PUSH), IMAGE)
        .statusCode(400)
        .body("errors[0].code", equalTo("TAG_INVALID"))
        .body("errors[0].message", containsString("at most " + World.TAGS_PER_PUSH));
  }

  @Test
  void listsATagOnceThatIsNamedTwice() {
    assertThat(
            put(DIGEST + "?tag=x&tag=x", IMAGE)
                .statusCode(201)
                .extract()
                .headers()
                .getValues("OCI-Tag"))
        .containsExactly("x");
  }

  @Test
  void takesNoTagsBesidesTheOneItIsPushedBy() {
    put("latest?tag=other", IMAGE).statusCode(201).header("OCI-Tag", nullValue());
    asOwner().head(manifests + "other").then().statusCode(404);
  }

  @Test
  void saysThatItUnderstoodTheSubject() {
    Digest absent = digestOf("absent");
    String referrer =
        Documents.index(
            "\"subject\":" + Documents.descriptor(Documents.OCI_MANIFEST, absent, 6) + ",");
    asOwner()
        .contentType(Documents.OCI_INDEX)
        .body(referrer.getBytes(StandardCharsets.UTF_8))
        .put(manifests + "referrer")
        .then()
        .statusCode(201)
        .header("OCI-Subject", absent.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "nonsense", "{\"schemaVersion\":1}"})
  void refusesWhatIsNotAManifest(String document) {
    put("latest", document).statusCode(400).body("errors[0].code", equalTo("MANIFEST_INVALID"));
  }

  @Test
  void refusesAManifestOfBlobsThatAreNotThere() {
    put("latest", imageOf("missing"))
        .statusCode(400)
        .body("errors[0].code", equalTo("MANIFEST_BLOB_UNKNOWN"))
        .body("errors[0].message", containsString(digestOf("missing").toString()));
    asOwner().get(manifests + "latest").then().statusCode(404);
  }

  @Test
  void refusesAnotherDigestThanThatOfTheBody() {
    for (Digest other : new Digest[] {digestOf("x"), sha512Of("x")}) {
      put(other.toString(), IMAGE)
          .statusCode(400)
          .body("errors[0].code", equalTo("DIGEST_INVALID"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sha256:baddigeststring, DIGEST_INVALID, 400, DIGEST_INVALID",
    ":, DIGEST_INVALID, 400, DIGEST_INVALID",
    "-tag, TAG_INVALID, 404, MANIFEST_UNKNOWN",
    ".tag, TAG_INVALID, 404, MANIFEST_UNKNOWN",
    "t%20g, TAG_INVALID, 404, MANIFEST_UNKNOWN",
    "t%00, TAG_INVALID, 404, MANIFEST_UNKNOWN",
    "%C3%A9, TAG_INVALID, 404, MANIFEST_UNKNOWN"
  })
  void refusesAReferenceThatIsNone(
      String reference, String pushed, int pulledStatus, String pulled) {
    put(reference, IMAGE).statusCode(400).body("errors[0].code", equalTo(pushed));
    asOwner()
        .get(manifests + reference)
        .then()
        .statusCode(pulledStatus)
        .body("errors[0].code", equalTo(pulled));
    asOwner().head(manifests + reference).then().statusCode(pulledStatus);
    asOwner().delete(manifests + reference).then().statusCode(400);
  }

  @Test
  void refusesATagLongerThan128Characters() {
    put("t".repeat(128), IMAGE).statusCode(201);
    put("t".repeat(129), IMAGE).statusCode(400).body("errors[0].code", equalTo("TAG_INVALID"));
  }

  @Test
  void refusesAManifestThatIsTooLarge() {
    put("latest", IMAGE + " ".repeat(World.MANIFEST_BYTES - IMAGE.length())).statusCode(201);
    put("latest", IMAGE + " ".repeat(World.MANIFEST_BYTES - IMAGE.length() + 1))
        .statusCode(413)
        .body("errors[0].code", equalTo("SIZE_INVALID"));
  }

  @Test
  void refusesAnotherContentType() {
    asOwner()
        .contentType("application/json")
        .body(IMAGE.getBytes(StandardCharsets.UTF_8))
        .put(manifests + "latest")
        .then()
        .statusCode(400)
        .body("errors[0].code", equalTo("MANIFEST_INVALID"));
  }

  @Test
  void deletesATagAlone() {
    var _ = pushManifest(app, "one", IMAGE);
    var _ = pushManifest(app, "two", IMAGE);
    asOwner().delete(manifests + "one").then().statusCode(202);
    unknown(asOwner().get(manifests + "one").then());
    unknown(asOwner().delete(manifests + "one").then());
    asOwner().get(manifests + "two").then().statusCode(200);
  }

  @Test
  void deletesAManifestWithItsTags() {
    var _ = pushManifest(app, "one", IMAGE);
    asOwner().delete(manifests + DIGEST).then().statusCode(202);
    unknown(asOwner().get(manifests + "one").then());
    unknown(asOwner().get(manifests + DIGEST).then());
    unknown(asOwner().delete(manifests + DIGEST).then());
  }

  @Test
  void findsNothingThatWasNotPushed() {
    var _ = pushManifest(app, "latest", IMAGE);
    unknown(asOwner().get(manifests + "other").then());
    unknown(asOwner().get(manifests + digestOf("other")).then());
    asOwner().head(manifests + "other").then().statusCode(404);
  }

  @Test
  void letsAReaderPullButNotPush() {
    var _ = pushManifest(app, "latest", IMAGE);
    as(Callers.READER).get(manifests + "latest").then().statusCode(200);
    as(Callers.READER)
        .contentType(Documents.OCI_MANIFEST)
        .body(IMAGE.getBytes(StandardCharsets.UTF_8))
        .put(manifests + "latest")
        .then()
        .statusCode(403)
        .body("errors[0].code", equalTo("DENIED"));
  }

  private ValidatableResponse put(String reference, String document) {
    return asOwner()
        .contentType(Documents.OCI_MANIFEST)
        .body(document.getBytes(StandardCharsets.UTF_8))
        .put(manifests + reference)
        .then();
  }

  private static void requireHeaders(Response answer) {
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo(Documents.OCI_MANIFEST);
    assertThat(answer.headers().getValues("Content-Length"))
        .containsExactly(String.valueOf(IMAGE.length()));
    assertThat(answer.header("Docker-Content-Digest")).isEqualTo(DIGEST.toString());
    assertThat(answer.header("ETag")).isEqualTo("\"" + DIGEST + "\"");
    assertThat(answer.header("Docker-Distribution-Api-Version")).isEqualTo("registry/2.0");
    assertThat(answer.header("Content-Encoding")).isNull();
  }

  private static void unknown(ValidatableResponse answer) {
    answer.statusCode(404).body("errors[0].code", equalTo("MANIFEST_UNKNOWN"));
  }
}
