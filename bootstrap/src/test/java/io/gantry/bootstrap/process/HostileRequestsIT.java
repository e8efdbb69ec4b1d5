package io.gantry.bootstrap.process;

import static io.gantry.bootstrap.process.GrpcWire.SERVICE;
import static io.gantry.bootstrap.process.GrpcWire.frame;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.bootstrap.process.GrpcWire.Answer;
import io.gantry.proto.registry.v1.ListNamespacesRequest;
import io.gantry.proto.registry.v1.RegistryGrpc;
import io.grpc.MethodDescriptor;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What hostile and impatient callers get from the packaged server: a canonical code each, on a
 * connection that goes on, and nothing in the log.
 */
@TestInstance(Lifecycle.PER_CLASS)
@NullUnmarked // the framework calls start and connect first
final class HostileRequestsIT {
  private static final String LIST = SERVICE + "ListNamespaces";
  private static final byte[] MESSAGE =
      ListNamespacesRequest.newBuilder().setRegion("fr-par").build().toByteArray();
  private static final byte[] GOOD = frame(0, MESSAGE.length, MESSAGE);
  private static final String UUID_PATTERN = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  private static final String OK = "0";
  private static final String UNKNOWN = "2";
  private static final String INVALID_ARGUMENT = "3";
  private static final String DEADLINE_EXCEEDED = "4";
  private static final String RESOURCE_EXHAUSTED = "8";
  private static final String UNIMPLEMENTED = "12";
  private static final String INTERNAL = "13";
  private static final String UNAUTHENTICATED = "16";

  private final String secret = UUID.randomUUID().toString();
  private GantryProcess server;
  private GrpcWire wire;

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    server = GantryProcess.start(data, "gantry.bootstrap.secret-key=" + secret).awaitReady();
  }

  @BeforeEach
  void connect() {
    wire = new GrpcWire(server.uri("/").getPort(), secret);
  }

  @AfterEach
  void theConnectionGoesOnAndTheLogIsQuiet() throws Exception {
    try {
      assertThat(wire.post(LIST, Map.of(), GOOD).grpcStatus()).isEqualTo(OK);
      assertThat(wire.connections()).isEqualTo(1);
    } finally {
      wire.close();
    }
    assertThat(server.output()).doesNotContain("\tat ", "ERROR", "Exception");
  }

  @AfterAll
  void stop() throws IOException {
    if (server != null) server.close();
  }

  @Test
  void aRequestIdIsInTheTrailersOfSuccessAndFailure() throws Exception {
    for (Map.Entry<String, String> call : Map.of(secret, OK, "", UNAUTHENTICATED).entrySet()) {
      Answer answer = wire.post(LIST, Map.of("x-auth-token", call.getKey()), GOOD);

      assertThat(answer.grpcStatus()).isEqualTo(call.getValue());
      assertThat(answer.metadata().get("x-request-id")).matches(UUID_PATTERN);
    }
  }

  @Test
  void aCallEndsAtItsDeadlineThoughItsRequestDoesNot() throws Exception {
    Answer answer = wire.postWithoutEnd(LIST, Map.of("grpc-timeout", "100m"), GOOD);

    assertThat(answer.grpcStatus()).isEqualTo(DEADLINE_EXCEEDED);
    assertThat(answer.metadata().get("x-request-id")).matches(UUID_PATTERN);
  }

  /** More of them than may be open at once, so that one which stayed open would be in the way. */
  @Test
  void cancelledCallsLeaveNothingBehind() throws Exception {
    for (int i = 0; i < 150; i++) {
      wire.abandon(LIST, i % 2 == 0 ? GOOD : new byte[] {0, 0});
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void aBadFrame(String name, byte[] body, String expected) throws Exception {
    Answer answer = wire.post(LIST, Map.of(), body);

    assertThat(answer.grpcStatus()).isEqualTo(expected);
  }

  static Stream<Arguments> aBadFrame() {
    return Stream.of(
        Arguments.of("nothing", new byte[0], INVALID_ARGUMENT),
        Arguments.of("a length cut short", new byte[] {0, 0, 0}, INVALID_ARGUMENT),
        Arguments.of("a message cut short", frame(0, 100, MESSAGE), INVALID_ARGUMENT),
        Arguments.of("said to be compressed", frame(1, MESSAGE.length, MESSAGE), INVALID_ARGUMENT),
        Arguments.of(
            "neither plain nor compressed", frame(2, MESSAGE.length, MESSAGE), INVALID_ARGUMENT),
        Arguments.of("no protobuf", frame(0, 3, (byte) -1, (byte) -1, (byte) -1), INVALID_ARGUMENT),
        Arguments.of(
            "compressed without saying how",
            frame(1, 3, (byte) 31, (byte) -117, (byte) 8),
            INVALID_ARGUMENT),
        Arguments.of("2 GiB claimed", frame(0, Integer.MAX_VALUE, MESSAGE), RESOURCE_EXHAUSTED),
        Arguments.of("4 GiB claimed", frame(0, -1, MESSAGE), RESOURCE_EXHAUSTED),
        Arguments.of("too much sent", frame(0, 2 << 20, new byte[2 << 20]), RESOURCE_EXHAUSTED));
  }

  @Test
  void randomBytesAreNobodysBug() throws Exception {
    long seed = Long.getLong("fuzz.seed", System.nanoTime());
    Random random = new Random(seed);
    for (String method : methods()) {
      for (int i = 0; i < 50; i++) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        boolean framed = random.nextBoolean();
        Answer answer =
            wire.post(SERVICE + method, Map.of(), framed ? frame(0, bytes.length, bytes) : bytes);

        assertThat(answer.grpcStatus())
            .as("%s, -Dfuzz.seed=%d", method, seed)
            .isNotIn(Set.of(OK, UNKNOWN, INTERNAL, "none"));
      }
    }
  }

  private static List<String> methods() {
    return RegistryGrpc.getServiceDescriptor().getMethods().stream()
        .map(MethodDescriptor::getBareMethodName)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/json", "application/x-protobuf"})
  void refusesOtherContentTypes(String type) throws Exception {
    assertThat(wire.post(LIST, Map.of("content-type", type), GOOD).status()).isEqualTo(415);
  }

  @ParameterizedTest
  @ValueSource(strings = {SERVICE + "Nothing", "/scaleway.registry.v1.Nobody/Nothing", "/a/b"})
  void refusesMethodsThatItDoesNotHave(String path) throws Exception {
    assertThat(wire.post(path, Map.of(), GOOD).grpcStatus()).isEqualTo(UNIMPLEMENTED);
  }

  /** The limit is told on connecting, so the client's side already says no, and hangs up. */
  @Test
  void takesNoMetadataOfAnySize() {
    try (var other = new GrpcWire(server.uri("/").getPort(), secret)) {
      assertThatThrownBy(() -> other.post(LIST, Map.of("x-padding", "x".repeat(100_000)), GOOD))
          .hasMessageContaining("Header size exceeded max allowed size");
    }
  }

  /** What is no HTTP/2 is no gRPC either; the connection is read on all the same. */
  @Test
  @Timeout(value = 90, threadMode = ThreadMode.SEPARATE_THREAD) // a write may wait for ever
  void refusesItsMethodsOverHttp1AndReadsOn() throws Exception {
    int length = 8 << 20;

    assertThat(overHttp1("POST", LIST, length))
        .containsSubsequence("HTTP/1.1 415 ", "HTTP/1.1 401 ");
  }

  @ParameterizedTest
  @CsvSource({
    "/v2/%zz/x,              UNSUPPORTED",
    "/v2/a/manifests/%,      UNSUPPORTED",
    "/registry-internal/%zz, UNSUPPORTED",
    "/registry/v1/%zz,       invalid_arguments",
    "/%zz,                   invalid_arguments",
  })
  void refusesPathsThatCannotBeDecoded(String path, String code) throws Exception {
    for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
      assertThat(overHttp1(method, path, 100_000))
          .containsSubsequence("HTTP/1.1 400 ", "\"" + code + "\"", "HTTP/1.1 401 ");
    }
  }

  /** The answer to a request with a body of this length, and to a good one that follows it. */
  private String overHttp1(String method, String path, int length) throws IOException {
    String first =
        "%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
            .formatted(method, path, length);
    String second = "GET /v2/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    try (var socket = new Socket("localhost", server.uri("/").getPort())) {
      var out = socket.getOutputStream();
      out.write(first.getBytes(US_ASCII));
      out.write(new byte[length]);
      out.write(second.getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }
}
