package io.gantry.grpc.call;

import com.google.rpc.Code;
import com.google.rpc.Status;
import io.gantry.domain.error.RegistryException;
import io.gantry.grpc.error.GrpcErrors;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jboss.logging.MDC;

/**
 * One call from its first byte to its one answer. Its events and its answer happen on the event
 * loop it came in by, so its state needs no lock; only the work is elsewhere.
 *
 * <p>Nothing is begun for a caller who is gone or whose deadline has passed, and nothing is sent to
 * one. An operation that has begun is finished: it is a transaction, which is whole or not at all.
 */
final class UnaryCall {
  private final RoutingContext routing;
  private final String method;
  private final RequestBody body;
  private final Work work;
  private final Executor workers;
  private final CallMeter meter;
  private final Context eventLoop;
  private final String requestId = UUID.randomUUID().toString();
  private final long began = System.nanoTime();

  private long timer;

  /** Set on the event loop, also read by the worker. */
  private volatile boolean over;

  UnaryCall(
      RoutingContext routing,
      String method,
      RequestBody body,
      Work work,
      Executor workers,
      CallMeter meter) {
    this.routing = routing;
    this.method = method;
    this.body = body;
    this.work = work;
    this.workers = workers;
    this.meter = meter;
    this.eventLoop = routing.vertx().getOrCreateContext();
  }

  /** What a call is about. */
  @FunctionalInterface
  interface Work {
    /**
     * Returns the response with its prefix, or nothing if it found, by {@code over}, that nobody
     * wants it.
     */
    Optional<Buffer> run(RequestBody body, BooleanSupplier over);
  }

  /** Begins to read the request. */
  void start(Duration timeout) {
    // Timers take at least a millisecond; a deadline that short has passed either way.
    timer =
        eventLoop.owner().setTimer(Math.max(1, timeout.toMillis()), _ -> fail(deadlineExceeded()));
    var _ =
        routing.addEndHandler(
            end -> {
              if (end.failed()) end();
            });
    HttpServerRequest request = routing.request();
    var _ = request.exceptionHandler(_ -> end());
    var _ = request.handler(this::read);
    var _ = request.endHandler(_ -> begin());
    var _ = request.resume();
  }

  private void read(Buffer chunk) {
    if (over) return;
    try {
      body.append(chunk);
    } catch (RegistryException e) {
      fail(GrpcErrors.toStatus(e));
    }
  }

  /**
   * Behind what else has been read already: calls that came together begin together, and so are in
   * one statement more often.
   */
  private void begin() {
    eventLoop.runOnContext(
        _ -> {
          if (!over) workers.execute(this::work);
        });
  }

  private void work() {
    if (over) return;
    var _ = MDC.put("requestId", requestId);
    try {
      Optional<Buffer> response = work.run(body, () -> over);
      response.ifPresent(found -> eventLoop.runOnContext(_ -> succeed(found)));
    } catch (Throwable t) { // whatever it is, the call must end
      Status status = GrpcErrors.toStatus(t);
      eventLoop.runOnContext(_ -> fail(status));
    } finally {
      MDC.remove("requestId");
    }
  }

  private void succeed(Buffer framed) {
    if (over) return;
    end();
    HttpServerResponse response = routing.response();
    Answers.succeed(response, framed, requestId);
    answered(Code.OK);
  }

  private void fail(Status status) {
    if (over) return;
    end();
    Answers.fail(routing.response(), status, requestId);
    answered(Code.forNumber(status.getCode()));
  }

  private void end() {
    over = true;
    var _ = eventLoop.owner().cancelTimer(timer);
  }

  private void answered(Code status) {
    meter.answered(method, status, Duration.ofNanos(System.nanoTime() - began));
  }

  private static Status deadlineExceeded() {
    return Status.newBuilder()
        .setCode(Code.DEADLINE_EXCEEDED_VALUE)
        .setMessage("the deadline of the call has passed")
        .build();
  }
}
