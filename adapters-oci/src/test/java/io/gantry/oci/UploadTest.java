package io.gantry.oci;

import static io.gantry.oci.Registry.asOwner;
import static io.gantry.oci.Registry.digestOf;
import static io.gantry.oci.Registry.sha512Of;
import static io.gantry.oci.Registry.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import io.gantry.domain.blob.Digest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pushing blobs in every way the specification has, and mounting them. */
@QuarkusTest
final class UploadTest {
  private static final Digest HELLO = digestOf("hello");

  private final Registry registry;
  private String namespace;
  private String app;

  UploadTest(Registry registry) {
    this.registry = registry;
  }

  @BeforeEach
  void addNamespace() {
    this.namespace = registry.namespace();
    this.app = namespace + "/app";
  }

  @ParameterizedTest
  @ValueSource(strings = {"/blobs/uploads/", "/blobs/uploads"})
  void opensASession(String rest) {
    asOwner()
        .contentType("application/json")
        .post("/v2/" + app + rest)
        .then()
        .statusCode(202)
        .header("Location", matchesPattern("/v2/" + app + "/blobs/uploads/[0-9a-f-]{36}"))
        .header("Range", "0-0")
        .header("Content-Length", "0")
        .header("Docker-Distribution-Api-Version", "registry/2.0");
  }

  @Test
  void takesAWholeBlobInThePost() {
    created(send("hello").post("/v2/" + app + "/blobs/uploads/?digest=" + HELLO).then(), HELLO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello", ""})
  void takesAWholeBlobInThePut(String content) {
    Digest digest = digestOf(content);
    created(send(content).put(start(app) + "?digest=" + digest).then(), digest);
  }

  @Test
  void takesSha512() {
    Digest digest = sha512Of("hello");
    created(send("hello").put(start(app) + "?digest=" + digest).then(), digest);
    created(send("hello").post("/v2/" + app + "/blobs/uploads/?digest=" + digest).then(), digest);
  }

  @Test
  void takesAnEncodedDigest() {
    String encoded = HELLO.toString().replace(":", "%3A");
    created(send("hello").put(start(app) + "?digest=" + encoded).then(), HELLO);
  }

  @Test
  void takesAStreamAndThenThePut() {
    String location = start(app);
    send("hello")
        .patch(location)
        .then()
        .statusCode(202)
        .header("Location", location)
        .header("Range", "0-4");
    created(asOwner().put(location + "?digest=" + HELLO).then(), HELLO);
  }

  @Test
  void takesChunksInOrder() {
    String location = start(app);
    send("he").header("Content-Range", "0-1").patch(location).then().header("Range", "0-1");
    send("l").header("Content-Range", "2-2").patch(location).then().header("Range", "0-2");
    status(location, "0-2");
    created(
        send("lo").header("Content-Range", "3-4").put(location + "?digest=" + HELLO).then(), HELLO);
  }

  @ParameterizedTest
  @CsvSource({"0-1", "1-2", "3-4"})
  void refusesAChunkOutOfOrder(String range) {
    String location = start(app);
    send("he").header("Content-Range", "0-1").patch(location).then().statusCode(202);
    for (String target : new String[] {location, location + "?digest=" + HELLO}) {
      var request = send("xx").header("Content-Range", range);
      var answer = target.equals(location) ? request.patch(target) : request.put(target);
      answer
          .then()
          .statusCode(416)
          .header("Range", "0-1")
          .body("errors[0].code", equalTo("RANGE_INVALID"));
      status(target, "0-1");
    }
    created(
        send("llo").header("Content-Range", "2-4").put(location + "?digest=" + HELLO).then(),
        HELLO);
  }

  @ParameterizedTest
  @CsvSource({
    "0-9, SIZE_INVALID",
    "0-1, SIZE_INVALID",
    "bytes 0-4/5, BLOB_UPLOAD_INVALID",
    "4-0, BLOB_UPLOAD_INVALID",
    "x, BLOB_UPLOAD_INVALID",
    "0-99999999999999999999, BLOB_UPLOAD_INVALID"
  })
  void refusesARangeThatDoesNotFit(String range, String code) {
    String location = start(app);
    send("hello")
        .header("Content-Range", range)
        .patch(location)
        .then()
        .statusCode(400)
        .body("errors[0].code", equalTo(code));
    status(location, "0-0");
    created(send("hello").put(location + "?digest=" + HELLO).then(), HELLO);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sha256:baddigest",
        "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b98ff",
        "sha1:aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d",
        "hello",
        ""
      })
  void refusesABadDigest(String digest) {
    send("hello")
        .put(start(app) + "?digest=" + digest)
        .then()
        .statusCode(400)
        .body("errors[0].code", equalTo("DIGEST_INVALID"));
    send("hello")
        .post("/v2/" + app + "/blobs/uploads/?digest=" + digest)
        .then()
        .statusCode(400)
        .body("errors[0].code", equalTo("DIGEST_INVALID"));
  }

  @Test
  void refusesToCloseWithoutADigest() {
    send("hello")
        .put(start(app))
        .then()
        .statusCode(400)
        .body("errors[0].code", equalTo("DIGEST_INVALID"));
  }

  @Test
  void endsTheSessionWhenTheContentIsAnother() {
    String location = start(app);
    send("other").put(location + "?digest=" + HELLO).then().statusCode(400);
    unknown(asOwner().get(location).then());
    unknown(send("hello").put(location + "?digest=" + HELLO).then());
  }

  @Test
  void answersTheSameToAClientThatLostTheAnswer() {
    String location = start(app);
    created(send("hello").put(location + "?digest=" + HELLO).then(), HELLO);
    created(send("hello").put(location + "?digest=" + HELLO).then(), HELLO);
    created(asOwner().put(location + "?digest=" + HELLO).then(), HELLO);
    unknown(send("x").patch(location).then());
    unknown(asOwner().get(location).then());
  }

  @Test
  void cancelsASession() {
    String location = start(app);
    asOwner().delete(location).then().statusCode(204);
    unknown(asOwner().delete(location).then());
    unknown(asOwner().get(location).then());
  }

  @Test
  void findsNoSessionUnderAnotherNameOrId() {
    String location = start(app);
    var _ = start(namespace + "/other");
    String uploads = "/v2/" + app + "/blobs/uploads/";
    unknown(asOwner().get(location.replace("/app/", "/other/")).then());
    unknown(asOwner().get(uploads + UUID.randomUUID()).then());
    unknown(asOwner().get(uploads + "..%00").then());
    unknown(send("x").patch(uploads + "7").then());
    unknown(asOwner().delete(uploads + "x".repeat(500)).then());
    unknown(send("x").put(uploads + UUID.randomUUID() + "?digest=" + HELLO).then());
  }

  @Test
  void mountsWhatAnotherRepositoryHas() {
    var _ = Registry.pushBlob(namespace + "/source", "hello");
    created(mount("mount=" + HELLO + "&from=" + namespace + "/source"), HELLO);
    created(mount("mount=" + HELLO + "&from=" + namespace + "%2Fsource"), HELLO);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"from=NS/unknown", "from=NOT+A+NAME", "from=", "from=unknown-namespace/app"})
  void opensASessionWhereItCannotMount(String from) {
    var _ = Registry.pushBlob(namespace + "/source", "hello");
    mount("mount=" + HELLO + "&" + from.replace("NS", namespace))
        .statusCode(202)
        .header("Location", startsWith("/v2/" + app + "/blobs/uploads/"));
    mount("mount=nonsense&from=" + namespace + "/source").statusCode(202);
  }

  @Test
  void findsByItselfWhatAnotherRepositoryOfTheCallersHas() {
    String content = "of " + namespace;
    Digest digest = Registry.pushBlob(namespace + "/source", content);
    created(mount("mount=" + digest), digest);
    created(mount("mount=" + digest + "&digest-algorithm=sha256"), digest);
  }

  @Test
  void opensASessionWhereNobodyHasTheBlob() {
    mount("mount=" + digestOf("nobody has this"))
        .statusCode(202)
        .header("Location", startsWith("/v2/" + app + "/blobs/uploads/"));
    mount("mount=nonsense").statusCode(202);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha256", "sha512"})
  void hashesAsItIsToldWhenTheSessionOpens(String algorithm) {
    String location =
        mount("digest-algorithm=" + algorithm).statusCode(202).extract().header("Location");
    send("he").header("Content-Range", "0-1").patch(location).then().statusCode(202);
    send("llo").header("Content-Range", "2-4").patch(location).then().statusCode(202);
    Digest digest = algorithm.equals("sha512") ? sha512Of("hello") : HELLO;
    created(asOwner().put(location + "?digest=" + digest).then(), digest);
  }

  @Test
  void mayCloseUnderAnotherAlgorithmThanItWasTold() {
    String location = mount("digest-algorithm=sha512").extract().header("Location");
    send("hello").patch(location).then().statusCode(202);
    created(asOwner().put(location + "?digest=" + HELLO).then(), HELLO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"md5", "", "sha256:" + "0"})
  void refusesAnAlgorithmItDoesNotHave(String algorithm) {
    mount("digest-algorithm=" + algorithm)
        .statusCode(400)
        .body("errors[0].code", equalTo("DIGEST_INVALID"));
  }

  private ValidatableResponse mount(String query) {
    return asOwner().post("/v2/" + app + "/blobs/uploads/?" + query).then();
  }

  private static RequestSpecification send(String content) {
    return asOwner()
        .contentType("application/octet-stream")
        .body(content.getBytes(StandardCharsets.UTF_8));
  }

  private static void status(String location, String range) {
    asOwner()
        .get(location)
        .then()
        .statusCode(204)
        .header("Location", location.replaceAll("\\?.*", ""))
        .header("Range", range);
  }

  private void created(ValidatableResponse answer, Digest digest) {
    String location =
        answer
            .statusCode(201)
            .header("Docker-Content-Digest", digest.toString())
            .header("Docker-Distribution-Api-Version", "registry/2.0")
            .extract()
            .header("Location");
    assertThat(location).isEqualTo("/v2/" + app + "/blobs/" + digest);
    asOwner().get(location).then().statusCode(200);
  }

  private static void unknown(ValidatableResponse answer) {
    answer.statusCode(404).body("errors[0].code", equalTo("BLOB_UPLOAD_UNKNOWN"));
  }
}
