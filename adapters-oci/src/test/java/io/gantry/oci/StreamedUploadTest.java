package io.gantry.oci;

import static io.gantry.oci.Registry.asOwner;
import static io.gantry.oci.Registry.digestOf;
import static io.gantry.oci.Registry.sha512Of;
import static io.gantry.oci.Registry.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.blob.Digest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blobs as docker pushes them: streamed without their length, and then closed without a body. */
@QuarkusTest
final class StreamedUploadTest {
  private static final String LARGE = "0123456789abcdef".repeat(20_000);

  private final Registry registry;
  private final InMemoryRegistry world;
  private String app = "";
  private String location = "";

  StreamedUploadTest(Registry registry, InMemoryRegistry world) {
    this.registry = registry;
    this.world = world;
  }

  @BeforeEach
  void startUpload() {
    app = registry.namespace() + "/app";
    location = start(app);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 40_000, 256 << 10, 320_000})
  void becomeBlobs(int length) throws IOException {
    String content = LARGE.substring(0, length);
    assertThat(stream(content)).startsWith("HTTP/1.1 202 ").contains(range(content.length()));
    assertThat(standing()).isEqualTo("0-" + (content.length() - 1));

    assertThat(close(digestOf(content)).statusCode()).isEqualTo(201);
    assertThat(close(digestOf(content)).statusCode()).isEqualTo(201);
    assertThat(pulled(digestOf(content))).isEqualTo(content);
    assertThat(asOwner().get(location).statusCode()).isEqualTo(404);
  }

  @Test
  void comeInPiecesOfAnySize() throws IOException {
    assertThat(stream("hello ")).contains(range(6));
    assertThat(stream("world ")).contains(range(12));
    assertThat(stream(LARGE)).contains(range(12 + LARGE.length()));
    assertThat(stream("!")).contains(range(13 + LARGE.length()));

    String content = "hello world " + LARGE + "!";
    assertThat(close(digestOf(content)).statusCode()).isEqualTo(201);
    assertThat(pulled(digestOf(content))).isEqualTo(content);
  }

  @Test
  void goOnInAChunkThatSaysWhereItBelongs() throws IOException {
    assertThat(stream("hel")).contains(range(3));
    asOwner()
        .contentType("application/octet-stream")
        .header("Content-Range", "3-4")
        .body("lo".getBytes(StandardCharsets.US_ASCII))
        .patch(location)
        .then()
        .statusCode(202)
        .header("Range", "0-4");
    assertThat(close(sha512Of("hello")).statusCode()).isEqualTo(201);
  }

  @Test
  void endWhenTheirDigestIsAnother() throws IOException {
    assertThat(stream("other")).contains(range(5));
    close(digestOf("hello"))
        .then()
        .statusCode(400)
        .body("errors[0].code", equalTo("DIGEST_INVALID"));
    close(digestOf("other"))
        .then()
        .statusCode(404)
        .body("errors[0].code", equalTo("BLOB_UPLOAD_UNKNOWN"));
  }

  @Test
  void endWhenNobodyClosesThem() throws IOException {
    assertThat(stream("hello")).contains(range(5));
    world.clock.advance(Duration.ofDays(2));
    assertThat(close(digestOf("hello")).statusCode()).isEqualTo(404);
    assertThat(stream("hello")).startsWith("HTTP/1.1 404 ");
  }

  @Test
  void stayAsFarAsTheyCameWhenNothingMoreComes() throws IOException {
    try (RawConnection connection = new RawConnection()) {
      connection.sendHead(
          "PATCH",
          location,
          "Authorization: " + Callers.OWNER.basic(),
          "Transfer-Encoding: chunked");
      connection.send("3\r\nhel\r\n");
      assertThat(connection.answer()).startsWith("HTTP/1.1 408 ");
    }
    assertThat(standing()).isEqualTo("0-2");
    assertThat(stream("lo")).contains(range(5));
    assertThat(close(digestOf("hello")).statusCode()).isEqualTo(201);
  }

  private String stream(String content) throws IOException {
    try (RawConnection connection = new RawConnection()) {
      connection.sendHead(
          "PATCH",
          location,
          "Authorization: " + Callers.OWNER.basic(),
          "Transfer-Encoding: chunked");
      connection.send(Integer.toHexString(content.length()) + "\r\n" + content + "\r\n0\r\n\r\n");
      return connection.answer();
    }
  }

  private Response close(Digest digest) {
    return asOwner().put(location + "?digest=" + digest);
  }

  private String standing() {
    return asOwner().get(location).header("Range");
  }

  private String pulled(Digest digest) {
    return asOwner().get("/v2/" + app + "/blobs/" + digest).asString();
  }

  private static String range(int length) {
    return "Range: 0-" + (length - 1) + "\n";
  }
}
