package io.gantry.oci;

import static io.gantry.oci.Registry.asOwner;
import static io.gantry.oci.Registry.digestOf;
import static io.gantry.oci.Registry.pushBlob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.gantry.domain.blob.Digest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pulling and deleting blobs. */
@QuarkusTest
final class BlobTest {
  private static final String CONTENT = "0123456789".repeat(10);

  private final FileOrMemoryStore store;
  private final Registry registry;
  private String app;
  private Digest digest;
  private String path;

  BlobTest(Registry registry, FileOrMemoryStore store) {
    this.registry = registry;
    this.store = store;
  }

  @BeforeEach
  void pushContent() {
    this.app = registry.namespace() + "/app";
    this.digest = pushBlob(app, CONTENT);
    this.path = "/v2/" + app + "/blobs/" + digest;
  }

  @AfterEach
  void serveFromMemory() {
    store.files = false;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void answersTheWholeBlob(boolean files) {
    store.files = files;
    Response answer = asOwner().header("Accept-Encoding", "gzip, zstd").get(path);
    requireHeaders(answer, 200);
    assertThat(answer.asString()).isEqualTo(CONTENT);
    assertThat(answer.header("Content-Encoding")).isNull();
  }

  @Test
  void answersAHeadWithTheTrueLength() {
    requireHeaders(asOwner().head(path), 200);
    requireHeaders(asOwner().head(path.replace(":", "%3A")), 200);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 0",
    "bytes=10-19, 10, 19",
    "bytes=90-, 90, 99",
    "bytes=-5, 95, 99",
    "bytes=95-5000, 95, 99",
    "bytes=0-99, 0, 99"
  })
  void answersAPart(String range, int first, int last) {
    for (boolean files : new boolean[] {false, true}) {
      store.files = files;
      asOwner()
          .header("Range", range)
          .get(path)
          .then()
          .statusCode(206)
          .header("Content-Range", "bytes " + first + "-" + last + "/100")
          .header("Content-Length", String.valueOf(last - first + 1))
          .header("Docker-Content-Digest", digest.toString())
          .body(equalTo(CONTENT.substring(first, last + 1)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=500-0", "bytes=100-", "bytes=1000-2000", "bytes=-0"})
  void refusesAPartThatIsNotThere(String range) {
    asOwner()
        .header("Range", range)
        .get(path)
        .then()
        .statusCode(416)
        .header("Content-Range", "bytes */100")
        .body("errors[0].code", equalTo("RANGE_INVALID"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"items=0-1", "x", "bytes=0-1,x"})
  void answersEverythingToAnotherKindOfRange(String range) {
    asOwner().header("Range", range).get(path).then().statusCode(200).body(equalTo(CONTENT));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void answersSeveralParts(boolean files) throws IOException {
    store.files = files;
    byte[] answer = RawRequest.get(path, "Range: bytes=90-95,0-3,2-4");
    String text = new String(answer, StandardCharsets.ISO_8859_1);
    String boundary = text.replaceAll("(?s).*boundary=([0-9a-f-]+).*", "$1");
    String body =
        """
        --B\r
        Content-Type: application/octet-stream\r
        Content-Range: bytes 0-4/100\r
        \r
        01234\r
        --B\r
        Content-Type: application/octet-stream\r
        Content-Range: bytes 90-95/100\r
        \r
        012345\r
        --B--\r
        """
            .replace("B\r", boundary + "\r")
            .replace("B--", boundary + "--");

    assertThat(text)
        .startsWith("HTTP/1.1 206 ")
        .containsIgnoringCase("\r\nContent-Length: " + body.length() + "\r\n")
        .containsIgnoringCase("\r\nContent-Type: multipart/byteranges; boundary=" + boundary)
        .containsIgnoringCase("\r\nDocker-Content-Digest: " + digest)
        .endsWith("\r\n\r\n" + body);
  }

  @Test
  void answersOnePartWhenSeveralAreOne() {
    asOwner()
        .header("Range", "bytes=0-4,5-9,200-300")
        .get(path)
        .then()
        .statusCode(206)
        .header("Content-Range", "bytes 0-9/100")
        .body(equalTo("0123456789"));
  }

  @Test
  void answersAPartOnlyOfTheBlobThatTheClientHas() {
    String etag = '"' + digest.toString() + '"';
    asOwner().headers("Range", "bytes=0-1", "If-Range", etag).get(path).then().statusCode(206);
    for (String other : List.of("\"x\"", "W/" + etag, "Tue, 24 Nov 2026 06:00:00 GMT")) {
      asOwner()
          .headers("Range", "bytes=0-1", "If-Range", other)
          .get(path)
          .then()
          .statusCode(200)
          .body(equalTo(CONTENT));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"E", "W/E", "\"x\", E", "*"})
  void answersThatACopyIsStillGood(String known) {
    String etag = '"' + digest.toString() + '"';
    String header = known.replace("E", etag);
    asOwner().header("If-None-Match", header).get(path).then().statusCode(304).header("ETag", etag);
    asOwner().header("If-None-Match", header).head(path).then().statusCode(304);
    asOwner().header("If-None-Match", "\"x\"").get(path).then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void answersTheEmptyBlob(boolean files) {
    store.files = files;
    Digest empty = pushBlob(app, "");
    Response answer = asOwner().get("/v2/" + app + "/blobs/" + empty);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.header("Content-Length")).isEqualTo("0");
    assertThat(answer.header("Docker-Content-Digest")).isEqualTo(empty.toString());
    assertThat(asOwner().head("/v2/" + app + "/blobs/" + empty).header("Content-Length"))
        .isEqualTo("0");
  }

  @ParameterizedTest
  @CsvSource({
    "sha256:short, 400, DIGEST_INVALID",
    "sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709, 400, DIGEST_INVALID",
    "nodigest, 400, DIGEST_INVALID",
    "sha256:ABCDEF0000000000000000000000000000000000000000000000000000000000, 400, DIGEST_INVALID",
    "sha256:0000000000000000000000000000000000000000000000000000000000000000, 404, BLOB_UNKNOWN"
  })
  void findsNoOtherBlob(String other, int status, String code) {
    String there = "/v2/" + app + "/blobs/" + other;
    asOwner().get(there).then().statusCode(status).body("errors[0].code", equalTo(code));
    asOwner().delete(there).then().statusCode(status).body("errors[0].code", equalTo(code));
    asOwner().head(there).then().statusCode(status);
  }

  @Test
  void deletesABlobAtOnce() {
    asOwner().delete(path).then().statusCode(202);
    asOwner().get(path).then().statusCode(404);
    asOwner().delete(path).then().statusCode(404).body("errors[0].code", equalTo("BLOB_UNKNOWN"));
  }

  @Test
  void refusesToDeleteWhatAManifestRefersTo() {
    var _ = Registry.pushImage(app, "latest", CONTENT);
    asOwner().delete(path).then().statusCode(405).body("errors[0].code", equalTo("UNSUPPORTED"));
    asOwner().head(path).then().statusCode(200);
  }

  private void requireHeaders(Response answer, int status) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().getValues("Content-Length")).containsExactly("100");
    assertThat(answer.header("Content-Type")).isEqualTo("application/octet-stream");
    assertThat(answer.header("Docker-Content-Digest")).isEqualTo(digestOf(CONTENT).toString());
    assertThat(answer.header("ETag")).isEqualTo('"' + digest.toString() + '"');
    assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
    assertThat(answer.header("Docker-Distribution-Api-Version")).isEqualTo("registry/2.0");
  }
}
