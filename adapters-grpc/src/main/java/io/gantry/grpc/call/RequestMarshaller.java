package io.gantry.grpc.call;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.gantry.domain.error.ArgumentReason;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryError.InvalidArgument;
import io.gantry.domain.error.RegistryError.TooLarge;
import io.gantry.grpc.call.Received.Parsed;
import io.gantry.grpc.call.Received.Unreadable;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads requests. Bytes that are no message are a value here and not an exception: one thrown from
 * a marshaller would end in the event loop, and the call never. The limit counts what comes out of
 * a decompressor, so a small frame cannot become a large message.
 */
final class RequestMarshaller<Q extends MessageLite>
    implements MethodDescriptor.Marshaller<Received<Q>> {
  private final String type;
  private final Parser<? extends Q> parser;
  private final int limit;

  /**
   * @param limit bytes a request may have, compressed or not
   */
  RequestMarshaller(String type, Parser<? extends Q> parser, int limit) {
    this.type = type;
    this.parser = parser;
    this.limit = limit;
  }

  @Override
  public Received<Q> parse(InputStream stream) {
    try {
      byte[] bytes = stream.readNBytes(limit + 1);
      if (bytes.length > limit) return new Unreadable<>(new TooLarge("the request", limit));
      return new Parsed<>(parser.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      return new Unreadable<>(noRequest("must be a " + type));
    } catch (IOException e) {
      return new Unreadable<>(noRequest("must be compressed as grpc-encoding says"));
    }
  }

  static RegistryError noRequest(String help) {
    return new InvalidArgument("request", ArgumentReason.FORMAT, help);
  }

  /** Only a client writes requests; here as the inverse of reading, for interceptors. */
  @Override
  public InputStream stream(Received<Q> value) {
    return switch (value) {
      case Parsed<Q>(Q message) -> new ByteArrayInputStream(message.toByteArray());
      case Unreadable<Q> _ -> InputStream.nullInputStream();
    };
  }
}
