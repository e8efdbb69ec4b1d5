package io.gantry.oci;

import static io.gantry.oci.Registry.asOwner;
import static io.gantry.oci.Registry.digestOf;
import static io.gantry.oci.Registry.imageOf;
import static io.gantry.oci.Registry.pushBlob;
import static io.gantry.oci.Registry.pushManifest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.gantry.domain.blob.Digest;
import io.gantry.oci.manifest.Documents;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pushing by tag only if the tag is as the client knows it. */
@QuarkusTest
final class ConditionalPushTest {
  private final Registry registry;
  private String app;
  private String manifests;
  private String first;
  private String second;

  ConditionalPushTest(Registry registry) {
    this.registry = registry;
  }

  @BeforeEach
  void pushBlobs() {
    this.app = registry.namespace() + "/app";
    this.manifests = "/v2/" + app + "/manifests/";
    var _ = pushBlob(app, "{}");
    var _ = pushBlob(app, "one");
    var _ = pushBlob(app, "other");
    this.first = imageOf("one");
    this.second = imageOf("other");
  }

  @Test
  void makesATagThatIsNotThere() {
    put("If-None-Match", "*", first).statusCode(201).header("ETag", etag(first));
    refused(put("If-None-Match", "*", second), digestOf(first));
    refused(put("If-None-Match", "*", first), digestOf(first));
    assertThat(current()).isEqualTo(digestOf(first));
  }

  @Test
  void movesATagFromWhereTheClientSawIt() {
    var _ = pushManifest(app, "v1", first);
    put("If-Match", etag(first), second).statusCode(201);
    refused(put("If-Match", etag(first), first), digestOf(second));
    put("If-Match", "\"sha256:" + "0".repeat(64) + "\", " + etag(second), first).statusCode(201);
    assertThat(current()).isEqualTo(digestOf(first));
  }

  @Test
  void givesTheSameAnswerToAClientThatAsksAgain() {
    var _ = pushManifest(app, "v1", first);
    put("If-Match", etag(first), second).statusCode(201);
    put("If-Match", etag(first), second).statusCode(201);
  }

  @Test
  void movesATagFromAnywhereIfItIsThere() {
    put("If-Match", "*", first)
        .statusCode(412)
        .body("errors[0].code", equalTo("PRECONDITION_FAILED"))
        .body("errors[0].message", containsString("is not there"));
    asOwner().get(manifests + digestOf(first)).then().statusCode(404);
    var _ = pushManifest(app, "v1", first);
    put("If-Match", "*", second).statusCode(201);
  }

  @Test
  void comparesStrongly() {
    var _ = pushManifest(app, "v1", first);
    refused(put("If-Match", "W/" + etag(first), second), digestOf(first));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\"x\"", "sha256:00", ",", "\"sha256:00\""})
  void refusesAConditionThatIsNone(String condition) {
    put("If-Match", condition, first).statusCode(400);
    put("If-None-Match", condition, first).statusCode(400);
    asOwner().get(manifests + "v1").then().statusCode(404);
  }

  @Test
  void refusesTwoConditions() {
    asOwner()
        .headers("If-Match", "*", "If-None-Match", "*")
        .contentType(Documents.OCI_MANIFEST)
        .body(first.getBytes(StandardCharsets.UTF_8))
        .put(manifests + "v1")
        .then()
        .statusCode(400);
  }

  @Test
  void letsExactlyOneOfManyMakeTheTag() throws Exception {
    List<Callable<Integer>> pushes =
        IntStream.range(0, 8)
            .<Callable<Integer>>mapToObj(
                i -> () -> put("If-None-Match", "*", first + " ".repeat(i)).extract().statusCode())
            .toList();
    try (ExecutorService executor = Executors.newFixedThreadPool(pushes.size())) {
      List<Integer> statuses =
          executor.invokeAll(pushes).stream().map(Future::resultNow).sorted().toList();
      assertThat(statuses).containsExactly(201, 412, 412, 412, 412, 412, 412, 412);
    }
  }

  private static void refused(ValidatableResponse answer, Digest current) {
    answer
        .statusCode(412)
        .body("errors[0].code", equalTo("PRECONDITION_FAILED"))
        .body("errors[0].message", containsString(current.toString()));
  }

  private Digest current() {
    return Digest.parse(asOwner().head(manifests + "v1").header("Docker-Content-Digest"));
  }

  private static String etag(String document) {
    return "\"" + digestOf(document) + "\"";
  }

  private ValidatableResponse put(String header, String value, String document) {
    return asOwner()
        .header(header, value)
        .contentType(Documents.OCI_MANIFEST)
        .body(document.getBytes(StandardCharsets.UTF_8))
        .put(manifests + "v1")
        .then();
  }
}
