package io.gantry.grpc.call;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.gantry.application.group.Pending;
import io.gantry.domain.access.Caller;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A unary method of the service: reads the request, does the operation for whoever calls and writes
 * the response.
 */
public final class Method<Q extends MessageLite, R extends MessageLite> {
  private static final String SECRET = "x-auth-token";

  private final String name;
  private final String requestType;
  private final Parser<? extends Q> requests;
  private final Inquiry<Q, R> inquiry;
  private final Arrivals arrivals;
  private final Deadlines deadlines;
  private final int limit;
  private final CallMeter meter;

  Method(
      String name,
      String requestType,
      Parser<? extends Q> requests,
      Inquiry<Q, R> inquiry,
      Arrivals arrivals,
      Deadlines deadlines,
      int limit,
      CallMeter meter) {
    this.name = name;
    this.requestType = requestType;
    this.requests = requests;
    this.inquiry = inquiry;
    this.arrivals = arrivals;
    this.deadlines = deadlines;
    this.limit = limit;
    this.meter = meter;
  }

  /** What a method does, once it is known for whom. */
  @FunctionalInterface
  public interface Operation<Q, R> {
    R run(Caller caller, Q request);
  }

  /** The same in two steps: what it returns can be waited for behind other calls of the method. */
  @FunctionalInterface
  public interface Inquiry<Q, R> {
    Pending<R> ask(Caller caller, Q request);
  }

  /** The service and the method, with a slash between. */
  public String name() {
    return name;
  }

  /** Takes a call, on the event loop it came in by, and sees that it is answered once. */
  public void take(RoutingContext context) {
    HttpServerRequest request = context.request();
    String secret = Objects.requireNonNullElse(request.getHeader(SECRET), "");
    boolean gzip = Encoding.GZIP.equals(request.getHeader(Encoding.HEADER));
    UnaryCall.Work work = (caller, body, isUnwanted) -> ask(caller, body, gzip, isUnwanted);
    new UnaryCall(context, name, secret, new RequestBody(limit), work, arrivals, meter)
        .start(Timeout.of(request.getHeader(Timeout.HEADER)), deadlines);
  }

  private Optional<Pending<Buffer>> ask(
      Supplier<Caller> callers, RequestBody body, boolean gzip, BooleanSupplier isUnwanted) {
    Caller caller = callers.get();
    Q request = parse(body.message(gzip));
    return isUnwanted.getAsBoolean()
        ? Optional.empty()
        : Optional.of(inquiry.ask(caller, request).map(Method::framed));
  }

  private Q parse(byte[] message) {
    try {
      return requests.parseFrom(message);
    } catch (InvalidProtocolBufferException e) {
      throw RequestBody.bad("must be a " + requestType);
    }
  }

  private static Buffer framed(MessageLite message) {
    int length = message.getSerializedSize();
    byte[] frame = new byte[RequestBody.PREFIX + length];
    var out = CodedOutputStream.newInstance(frame, RequestBody.PREFIX, length);
    try {
      message.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("an array has no room for what it was made for", e);
    }
    return Buffer.buffer(frame).setInt(1, length);
  }
}
