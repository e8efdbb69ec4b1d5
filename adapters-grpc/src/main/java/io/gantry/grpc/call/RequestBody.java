package io.gantry.grpc.call;

import io.gantry.domain.error.ArgumentReason;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryError.InvalidArgument;
import io.gantry.domain.error.RegistryError.TooLarge;
import io.gantry.domain.error.RegistryException;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/**
 * The one message of a unary request, as it comes in: behind a byte that says whether it is
 * compressed and four that say how long it is ("Length-Prefixed-Message" of the gRPC-over-HTTP/2
 * specification). Never holds much more than a message may have.
 */
final class RequestBody {
  static final int PREFIX = 5;

  private final int limit;
  private Buffer bytes = Buffer.buffer();

  /**
   * @param limit bytes a message may have, compressed or not
   */
  RequestBody(int limit) {
    this.limit = limit;
  }

  /**
   * Takes what came next.
   *
   * @throws RegistryException {@code TooLarge} or {@code InvalidArgument} as soon as this can be no
   *     message any more
   */
  void append(Buffer chunk) {
    if (bytes.length() == 0) {
      bytes = chunk;
    } else {
      var _ = bytes.appendBuffer(chunk);
    }
    if (bytes.length() < PREFIX) return;
    if (length() > limit) throw tooLarge();
    if (bytes.length() > PREFIX + length()) throw bad("must be one message, not more");
  }

  /**
   * The message, once all has come.
   *
   * @param gzip whether the request says that a compressed message is so compressed
   */
  byte[] message(boolean gzip) {
    if (bytes.length() == 0) throw bad("must be one message, not none");
    if (bytes.length() < PREFIX || bytes.length() < PREFIX + length()) {
      throw bad("must be a whole message");
    }
    byte[] message = bytes.getBytes(PREFIX, bytes.length());
    return switch (bytes.getByte(0)) {
      case 0 -> message;
      case 1 -> {
        if (!gzip) throw bad("must not be compressed unless grpc-encoding says how");
        yield decompressed(message);
      }
      default -> throw bad("must begin with 0, or with 1 if it is compressed");
    };
  }

  /** The limit counts what comes out, so that a small message cannot become a large one. */
  private byte[] decompressed(byte[] message) {
    try (var stream = new GZIPInputStream(new ByteArrayInputStream(message))) {
      byte[] whole = stream.readNBytes(limit + 1);
      if (whole.length > limit) throw tooLarge();
      return whole;
    } catch (IOException e) {
      throw bad("must be compressed as grpc-encoding says");
    }
  }

  private long length() {
    return bytes.getUnsignedInt(1);
  }

  private RegistryException tooLarge() {
    return new RegistryException(new TooLarge("the request", limit));
  }

  static RegistryException bad(String help) {
    return new RegistryException(badRequest(help));
  }

  private static RegistryError badRequest(String help) {
    return new InvalidArgument("request", ArgumentReason.FORMAT, help);
  }
}
