package io.gantry.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.domain.error.RegistryError.InvalidArgument;
import io.gantry.domain.error.RegistryError.TooLarge;
import io.gantry.domain.error.RegistryException;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestBodyTest {
  private static final int LIMIT = 100;

  private final RequestBody body = new RequestBody(LIMIT);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, LIMIT})
  void isReadHoweverItIsCut(int length) {
    byte[] message = bytes(length);
    for (byte one : framed(0, length, message).getBytes()) {
      body.append(Buffer.buffer(new byte[] {one}));
    }

    assertThat(body.message(false)).isEqualTo(message);
    assertThat(body.message(true)).isEqualTo(message);
  }

  @Test
  void isDecompressed() throws IOException {
    byte[] message = new byte[LIMIT];
    byte[] compressed = gzip(message);
    body.append(framed(1, compressed.length, compressed));

    assertThat(body.message(true)).isEqualTo(message);
  }

  @Test
  void isRefusedWhenMoreComesOutThanMay() throws IOException {
    byte[] compressed = gzip(new byte[LIMIT + 1]);
    body.append(framed(1, compressed.length, compressed));

    assertTooLarge(() -> body.message(true));
  }

  @ParameterizedTest
  @ValueSource(ints = {LIMIT + 1, Integer.MAX_VALUE, Integer.MIN_VALUE, -1})
  void isRefusedAsSoonAsItSaysThatItIsTooLarge(int length) {
    assertTooLarge(() -> body.append(framed(0, length)));
  }

  @Test
  void isRefusedAsSoonAsMoreThanAMessageComes() {
    body.append(framed(0, 1, (byte) 7));

    assertBad(() -> body.append(Buffer.buffer(new byte[1])), "must be one message, not more");
  }

  @Test
  void isRefusedWithoutAMessage() {
    assertBad(() -> body.message(false), "must be one message, not none");
  }

  @Test
  void isRefusedWithAPartOfOne() {
    body.append(Buffer.buffer(new byte[4]));
    assertBad(() -> body.message(false), "must be a whole message");
    body.append(Buffer.buffer(new byte[] {2, 7}));
    assertBad(() -> body.message(false), "must be a whole message");
  }

  @Test
  void isRefusedIfItIsCompressedAndNothingSaysHow() throws IOException {
    byte[] compressed = gzip(bytes(3));
    body.append(framed(1, compressed.length, compressed));

    assertBad(() -> body.message(false), "must not be compressed unless grpc-encoding says how");
  }

  @Test
  void isRefusedIfItIsNotCompressedAsSaid() {
    body.append(framed(1, 3, bytes(3)));

    assertBad(() -> body.message(true), "must be compressed as grpc-encoding says");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 0x81, 0xff})
  void isRefusedIfItBeginsAsNoneDoes(int flag) {
    body.append(framed(flag, 0));

    assertBad(() -> body.message(true), "must begin with 0, or with 1 if it is compressed");
  }

  private static Buffer framed(int flag, int length, byte... message) {
    return Buffer.buffer().appendByte((byte) flag).appendInt(length).appendBytes(message);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) bytes[i] = (byte) i;
    return bytes;
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var compressed = new ByteArrayOutputStream();
    try (var stream = new GZIPOutputStream(compressed)) {
      stream.write(bytes);
    }
    return compressed.toByteArray();
  }

  private static void assertTooLarge(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RegistryException.class,
            thrown -> assertThat(thrown.error()).isEqualTo(new TooLarge("the request", LIMIT)));
  }

  private static void assertBad(ThrowingCallable call, String help) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RegistryException.class,
            thrown ->
                assertThat(thrown.error())
                    .isInstanceOfSatisfying(
                        InvalidArgument.class, bad -> assertThat(bad.help()).isEqualTo(help)));
  }
}
