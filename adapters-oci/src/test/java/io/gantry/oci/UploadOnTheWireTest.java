package io.gantry.oci;

import static io.gantry.oci.Registry.asOwner;
import static io.gantry.oci.Registry.digestOf;
import static io.gantry.oci.Registry.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies as the network has them: cut off, of unknown length, refused half-way. */
@QuarkusTest
final class UploadOnTheWireTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(10);

  /** More than the registry takes from a body before it stores the first of it. */
  private static final String FIRST = "0123456789abcdef".repeat(20_000);

  private static final String CONTENT = FIRST + "the rest";

  private final Registry registry;
  private final FileOrMemoryStore store;
  private String app = "";

  UploadOnTheWireTest(Registry registry, FileOrMemoryStore store) {
    this.registry = registry;
    this.store = store;
  }

  @BeforeEach
  void addNamespace() {
    app = registry.namespace() + "/app";
  }

  @Test
  void keepsWhatCameBeforeTheConnectionWasLost() throws Exception {
    String location = start(app);
    sendAndHangUp(head("PATCH", location, "Content-Length: 1000000") + FIRST);
    finish(location);
  }

  @Test
  void keepsWhatCameOfABodyOfUnknownLength() throws Exception {
    String location = start(app);
    String size = Integer.toHexString(FIRST.length());
    String chunk = size + "\r\n" + FIRST + "\r\n";
    sendAndHangUp(head("PATCH", location, "Transfer-Encoding: chunked") + chunk);
    finish(location);
  }

  @Test
  void takesABodyOfUnknownLengthOverHttp2() throws Exception {
    String location = start(app);
    try (HttpClient client = HttpClient.newBuilder().version(Version.HTTP_2).build()) {
      // The connection is upgraded by a request without a body.
      assertThat(send(client, "GET", "/v2/", BodyPublishers.noBody()).version())
          .isEqualTo(Version.HTTP_2);
      assertThat(send(client, "PATCH", location, streamed("hello ")).statusCode()).isEqualTo(202);
      String closing = location + "?digest=" + digestOf("hello world");
      assertThat(send(client, "PUT", closing, streamed("world")).statusCode()).isEqualTo(201);
    }
  }

  @Test
  void answersARefusalBeforeTheBodyHasCome() throws Exception {
    try (Socket socket = connect()) {
      write(socket, head("PUT", "/v2/" + app + "/manifests/latest", "Content-Length: 900000000"));
      assertThat(firstLine(socket)).startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void staysInStepOnAConnectionAfterABodyItDidNotWant() throws Exception {
    try (Socket socket = connect()) {
      write(socket, head("POST", "/v2/" + app + "/blobs/uploads/", "Content-Length: 5") + "hello");
      assertThat(firstLine(socket)).startsWith("HTTP/1.1 202 ");
    }
    try (Socket socket = connect()) {
      String refused = head("PUT", "/v2/" + app + "/blobs/uploads/7", "Content-Length: 5");
      write(socket, refused + "hello" + head("GET", "/v2/", "Connection: close"));
      String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answers).startsWith("HTTP/1.1 400 ").contains("HTTP/1.1 200 ");
    }
  }

  @Test
  void answersClientsThatSendAllOfARefusedBodyFirst() throws Exception {
    int length = 16 << 20;
    try (Socket socket = connect()) {
      write(socket, head("PUT", "/v2/" + app + "/blobs/uploads/7", "Content-Length: " + length));
      socket.getOutputStream().write(new byte[length]);
      write(socket, head("GET", "/v2/", "Connection: close"));
      String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answers).startsWith("HTTP/1.1 400 ").contains("HTTP/1.1 200 ");
    }
  }

  @Test
  void givesLeaveToSendOnlyWhatItWants() throws Exception {
    String waiting = "Content-Length: 5\r\nExpect: 100-continue";
    try (Socket socket = connect()) {
      write(socket, head("PATCH", start(app), waiting));
      assertThat(firstLine(socket)).startsWith("HTTP/1.1 100 ");
      write(socket, "hello");
      assertThat(new String(socket.getInputStream().readNBytes(14), StandardCharsets.US_ASCII))
          .isEqualTo("\n\r\nHTTP/1.1 20");
    }
    try (Socket socket = connect()) {
      write(socket, head("PUT", "/v2/" + app + "/blobs/uploads/7", waiting));
      assertThat(firstLine(socket)).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void keepsWhatCameOfABodyThatStalls() throws Exception {
    String location = start(app);
    try (Socket socket = connect()) {
      write(socket, head("PATCH", location, "Content-Length: 1000000") + FIRST);
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 408 ");
    }
    finish(location);
  }

  /** Hangs up once some of the bytes are stored. */
  private void sendAndHangUp(String request) throws IOException {
    long before = store.bytes();
    try (Socket socket = connect()) {
      write(socket, request);
      await(() -> store.bytes() > before);
    }
  }

  /** Continues from where the registry says that it stands. */
  private static void finish(String location) {
    await(() -> !standing(location).equals("0-0"));
    int from = Integer.parseInt(standing(location).substring(2)) + 1;
    assertThat(from).isBetween(1, FIRST.length());
    asOwner()
        .contentType("application/octet-stream")
        .header("Content-Range", from + "-" + (CONTENT.length() - 1))
        .body(CONTENT.substring(from).getBytes(StandardCharsets.US_ASCII))
        .put(location + "?digest=" + digestOf(CONTENT))
        .then()
        .statusCode(201);
  }

  private static String standing(String location) {
    return asOwner().get(location).header("Range");
  }

  private static void await(BooleanSupplier condition) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(deadline);
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return socket;
  }

  private static String head(String method, String target, String header) {
    return "%s %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\n%s\r\n\r\n"
        .formatted(method, target, Callers.OWNER.basic(), header);
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private static String firstLine(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = socket.getInputStream().read(); c != '\r' && c >= 0; ) {
      line.append((char) c);
      c = socket.getInputStream().read();
    }
    return line.toString();
  }

  private static HttpResponse<String> send(
      HttpClient client, String method, String path, BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
            .header("Authorization", Callers.OWNER.basic())
            .timeout(PATIENCE)
            .method(method, body)
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static BodyPublisher streamed(String content) {
    return BodyPublishers.ofInputStream(
        () -> new ByteArrayInputStream(content.getBytes(StandardCharsets.US_ASCII)));
  }
}
