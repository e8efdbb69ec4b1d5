package io.gantry.oci;

import static io.gantry.oci.Registry.asOwner;
import static io.gantry.oci.Registry.digestOf;
import static io.gantry.oci.Registry.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that stop coming, or come too slowly, are answered and lose nothing. */
@QuarkusTest
final class SlowBodyTest {
  private static final String CONTENT = "0123456789abcdef".repeat(30_000);
  private static final String FIRST = CONTENT.substring(0, 300_000);

  private final Registry registry;
  private String app = "";

  SlowBodyTest(Registry registry) {
    this.registry = registry;
  }

  @BeforeEach
  void addNamespace() {
    app = registry.namespace() + "/app";
  }

  @ParameterizedTest
  @ValueSource(strings = {"PATCH", "PUT"})
  void keepTheirUploadWhenNothingMoreComes(String method) throws IOException {
    String location = start(app);
    String query = method.equals("PUT") ? "?digest=" + digestOf(CONTENT) : "";
    try (RawConnection connection = new RawConnection()) {
      connection.sendHead(
          method, location + query, authorization(), "Content-Length: " + CONTENT.length());
      connection.send(FIRST);
      assertIsRefused(connection);
    }
    assertThat(asOwner().get(location).header("Range")).isEqualTo("0-" + (FIRST.length() - 1));
    asOwner()
        .contentType("application/octet-stream")
        .header("Content-Range", FIRST.length() + "-" + (CONTENT.length() - 1))
        .body(CONTENT.substring(FIRST.length()).getBytes(StandardCharsets.US_ASCII))
        .put(location + "?digest=" + digestOf(CONTENT))
        .then()
        .statusCode(201);
  }

  @Test
  void areRefusedWhenTheyTrickle() throws IOException {
    String location = start(app);
    try (RawConnection connection = new RawConnection()) {
      connection.sendHead("PATCH", location, authorization(), "Transfer-Encoding: chunked");
      Instant deadline = Instant.now().plus(RawConnection.PATIENCE);
      while (!connection.hasAnswer()) {
        assertThat(Instant.now()).isBefore(deadline);
        connection.send("1\r\nx\r\n");
      }
      assertIsRefused(connection);
    }
    assertThat(asOwner().get(location).header("Range")).matches("0-[0-9]{1,4}");
  }

  @Test
  void leaveASmallBlobsUploadAsItWas() throws IOException {
    String location = start(app);
    try (RawConnection connection = new RawConnection()) {
      String closing = location + "?digest=" + digestOf("hello");
      connection.sendHead("PUT", closing, authorization(), "Content-Length: 5");
      connection.send("hell");
      assertIsRefused(connection);
    }
    asOwner().body("hello").put(location + "?digest=" + digestOf("hello")).then().statusCode(201);
  }

  @Test
  void areRefusedAsManifests() throws IOException {
    try (RawConnection connection = new RawConnection()) {
      connection.sendHead(
          "PUT", "/v2/" + app + "/manifests/latest", authorization(), "Content-Length: 500");
      connection.send("{");
      assertIsRefused(connection);
    }
  }

  private static void assertIsRefused(RawConnection connection) throws IOException {
    assertThat(connection.answer())
        .startsWith("HTTP/1.1 408 ")
        .contains("\"code\":\"BLOB_UPLOAD_INVALID\"");
    assertThat(connection.isEnded()).isTrue();
  }

  private static String authorization() {
    return "Authorization: " + Callers.OWNER.basic();
  }
}
