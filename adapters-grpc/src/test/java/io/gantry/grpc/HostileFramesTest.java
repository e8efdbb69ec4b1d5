package io.gantry.grpc;

import static io.gantry.grpc.RawHttp2.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.grpc.RawHttp2.Answer;
import io.gantry.proto.registry.v1.ListNamespacesRequest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames and headers that no gRPC library sends; the connection goes on after each. */
@QuarkusTest
final class HostileFramesTest {
  private static final byte[] LIST =
      ListNamespacesRequest.newBuilder().setRegion("fr-par").build().toByteArray();
  private static final byte[] GOOD = frame(0, LIST.length, LIST);
  private static final String OK = "0";
  private static final String INVALID_ARGUMENT = "3";
  private static final String RESOURCE_EXHAUSTED = "8";
  private static final String UNIMPLEMENTED = "12";

  private RawHttp2 http;

  @BeforeEach
  void open() {
    http = new RawHttp2();
  }

  @AfterEach
  void theConnectionIsStillGood() throws Exception {
    assertThat(http.post("ListNamespaces", Map.of(), GOOD).grpcStatus()).isEqualTo(OK);
    http.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"snappy", "gzip,identity", "GZIP", "deflate"})
  void refusesCompressionItDoesNotKnow(String encoding) throws Exception {
    Answer answer = http.post("ListNamespaces", Map.of("grpc-encoding", encoding), GOOD);

    assertThat(answer.grpcStatus()).isEqualTo(UNIMPLEMENTED);
    assertThat(answer.metadata())
        .containsEntry("grpc-accept-encoding", "gzip")
        .containsKeys("x-request-id", "grpc-status-details-bin");
  }

  @ParameterizedTest
  @MethodSource
  void refusesAMessageCompressedWithoutSayingHow(Map<String, String> headers, byte[] message)
      throws Exception {
    Answer answer = http.post("ListNamespaces", headers, frame(1, message.length, message));

    assertThat(answer.grpcStatus()).isEqualTo(INVALID_ARGUMENT);
  }

  static Stream<Arguments> refusesAMessageCompressedWithoutSayingHow() {
    byte[] begunByGzip = {31, -117, 8};
    return Stream.of(
        Arguments.of(Map.of(), begunByGzip),
        Arguments.of(Map.of(), LIST),
        Arguments.of(Map.of("grpc-encoding", "identity"), LIST));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 0x80, 0xff})
  void refusesAFlagThatDoesNotExist(int flag) throws Exception {
    assertThat(http.post("ListNamespaces", Map.of(), frame(flag, LIST.length, LIST)).grpcStatus())
        .isEqualTo(INVALID_ARGUMENT);
  }

  @Test
  void refusesAMessageThatIsNotCompressedAsItSays() throws Exception {
    Answer answer =
        http.post("ListNamespaces", Map.of("grpc-encoding", "gzip"), frame(1, LIST.length, LIST));

    assertThat(answer.grpcStatus()).isEqualTo(INVALID_ARGUMENT);
  }

  @Test
  void refusesAMessageCutShort() throws Exception {
    assertThat(http.post("ListNamespaces", Map.of(), frame(0, 100, LIST)).grpcStatus())
        .isEqualTo(INVALID_ARGUMENT);
    assertThat(http.post("ListNamespaces", Map.of(), new byte[] {0, 0}).grpcStatus())
        .isEqualTo(INVALID_ARGUMENT);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MAX_VALUE, -1, Integer.MIN_VALUE, 1 << 30})
  void refusesAFrameThatClaimsToBeHuge(int length) throws Exception {
    assertThat(http.post("ListNamespaces", Map.of(), frame(0, length, LIST)).grpcStatus())
        .isEqualTo(RESOURCE_EXHAUSTED);
  }

  @Test
  void refusesWhatFollowsAMessage() throws Exception {
    byte[] twice = new byte[GOOD.length * 2];
    System.arraycopy(GOOD, 0, twice, 0, GOOD.length);
    System.arraycopy(GOOD, 0, twice, GOOD.length, GOOD.length);

    assertThat(http.post("ListNamespaces", Map.of(), twice).grpcStatus())
        .isEqualTo(INVALID_ARGUMENT);
  }

  @Test
  void refusesBinaryMetadataThatIsNot() throws Exception {
    Answer answer = http.post("ListNamespaces", Map.of("x-trace-bin", "***"), GOOD);

    assertThat(answer.grpcStatus()).isEqualTo(INVALID_ARGUMENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/json", "application/x-protobuf", "*/*"})
  void refusesOtherContentTypes(String type) throws Exception {
    assertThat(http.post("ListNamespaces", Map.of("content-type", type), GOOD).status())
        .isEqualTo(415);
  }

  @ParameterizedTest
  @CsvSource({"application/grpc+proto", "APPLICATION/GRPC"})
  void takesTheOtherWaysToSayGrpc(String type) throws Exception {
    assertThat(http.post("ListNamespaces", Map.of("content-type", type), GOOD).grpcStatus())
        .isEqualTo(OK);
  }

  @Test
  void takesCallsOnAConnectionThatWasUpgraded() throws Exception {
    RawHttp2 upgraded = RawHttp2.upgraded();
    for (int i = 0; i < 3; i++) {
      assertThat(upgraded.post("ListNamespaces", Map.of(), GOOD).grpcStatus()).isEqualTo(OK);
    }
    upgraded.close();
  }
}
