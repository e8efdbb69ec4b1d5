package io.gantry.grpc.call;

import static java.util.Objects.requireNonNull;

import com.google.rpc.Code;
import com.google.rpc.Status;
import io.gantry.grpc.call.Received.Unreadable;
import io.gantry.grpc.error.GrpcErrors;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * One call from its first byte to its one answer. Its events and its answer happen on the event
 * loop it came in by, so its state needs no lock; only the work is elsewhere.
 *
 * <p>Nothing is begun for a caller who is gone or whose deadline has passed, and nothing is sent to
 * one. An operation that has begun is finished: it is a transaction, which is whole or not at all.
 */
final class UnaryCall<Q, R> extends ServerCall.Listener<Received<Q>> {
  static final Metadata.Key<String> REQUEST_ID =
      Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);

  private static final Logger LOG = Logger.getLogger(UnaryCall.class);

  private final ServerCall<Received<Q>, R> call;
  private final Work<Q, R> work;
  private final Executor workers;
  private final String requestId;
  private final Context eventLoop;

  private @Nullable Received<Q> request;
  private boolean begun;
  private long timer;

  /** Set on the event loop, also read by the worker. */
  private volatile boolean over;

  UnaryCall(ServerCall<Received<Q>, R> call, Work<Q, R> work, Executor workers, String requestId) {
    this.call = call;
    this.work = work;
    this.workers = workers;
    this.requestId = requestId;
    this.eventLoop = requireNonNull(Vertx.currentContext(), "calls come in by an event loop");
  }

  /** What a call is about. */
  @FunctionalInterface
  interface Work<Q, R> {
    /** Returns the response, or nothing if it found, by {@code over}, that nobody wants it. */
    Optional<R> run(Received<Q> request, BooleanSupplier over);
  }

  /** Begins to read the request. */
  void start(Duration timeout) {
    // Timers take at least a millisecond; a deadline that short has passed either way.
    timer =
        eventLoop.owner().setTimer(Math.max(1, timeout.toMillis()), _ -> fail(deadlineExceeded()));
    Departure.listen(eventLoop, this::onCancel);
    // A second message is asked for so that one which must not come is noticed.
    call.request(2);
  }

  @Override
  public void onMessage(Received<Q> message) {
    if (request == null) {
      request = message;
    } else {
      begin(new Unreadable<>(RequestMarshaller.noRequest("must be one message, not more")));
    }
  }

  @Override
  public void onHalfClose() {
    begin(
        request == null
            ? new Unreadable<>(RequestMarshaller.noRequest("must be one message, not none"))
            : request);
  }

  @Override
  public void onCancel() {
    end();
  }

  private void begin(Received<Q> whole) {
    if (begun || over) return;
    begun = true;
    workers.execute(() -> work(whole));
  }

  private void work(Received<Q> whole) {
    if (over) return;
    var _ = MDC.put("requestId", requestId);
    try {
      Optional<R> response = work.run(whole, () -> over);
      response.ifPresent(found -> eventLoop.runOnContext(_ -> succeed(found)));
    } catch (Throwable t) { // whatever it is, the call must end
      Status status = GrpcErrors.toStatus(t);
      eventLoop.runOnContext(_ -> fail(status));
    } finally {
      MDC.remove("requestId");
    }
  }

  private void succeed(R response) {
    if (over) return;
    end();
    send(
        () -> {
          call.sendHeaders(new Metadata());
          call.sendMessage(response);
          call.close(io.grpc.Status.OK, withRequestId(new Metadata()));
        });
  }

  private void fail(Status status) {
    if (over) return;
    end();
    StatusRuntimeException failure = StatusProto.toStatusRuntimeException(status);
    Metadata details = failure.getTrailers();
    send(
        () ->
            call.close(
                failure.getStatus(), withRequestId(details == null ? new Metadata() : details)));
  }

  private void end() {
    over = true;
    var _ = eventLoop.owner().cancelTimer(timer);
  }

  private Metadata withRequestId(Metadata trailers) {
    trailers.put(REQUEST_ID, requestId);
    return trailers;
  }

  /** The transport may have closed the stream by itself, over a frame that is too large. */
  private void send(Runnable answer) {
    try {
      answer.run();
    } catch (IllegalStateException e) {
      LOG.debugf(e, "the stream of call %s was closed before its answer", requestId);
    }
  }

  private static Status deadlineExceeded() {
    return Status.newBuilder()
        .setCode(Code.DEADLINE_EXCEEDED_VALUE)
        .setMessage("the deadline of the call has passed")
        .build();
  }
}
