package io.gantry.grpc.call;

import com.google.rpc.Code;
import com.google.rpc.Status;
import io.gantry.application.group.Pending;
import io.gantry.domain.access.Caller;
import io.gantry.domain.error.RegistryException;
import io.gantry.grpc.error.GrpcErrors;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.impl.ContextInternal;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * One call from its first byte to its one answer. Its events and its answer happen on the event
 * loop it came in by, so its state needs no lock; only the work is elsewhere.
 *
 * <p>Nothing is begun for a caller who is gone or whose deadline has passed, and nothing is sent to
 * one. An operation that has begun is finished: it is a transaction, which is whole or not at all.
 */
final class UnaryCall implements Arrivals.Call {
  private static final Status DEADLINE_EXCEEDED =
      Status.newBuilder()
          .setCode(Code.DEADLINE_EXCEEDED_VALUE)
          .setMessage("the deadline of the call has passed")
          .build();

  private final RoutingContext routing;
  private final String method;
  private final String secret;
  private final RequestBody body;
  private final Work work;
  private final Arrivals arrivals;
  private final CallMeter meter;
  private final ContextInternal eventLoop;
  private final String requestId = RequestId.next();
  private final long began = System.nanoTime();

  /** As of {@link System#nanoTime}; set by the start, as is the next. */
  private long deadline;

  private Deadlines.@Nullable Minded minded;

  /** Set on the event loop, also read by the worker. */
  private volatile boolean over;

  /** The worker's own. */
  private Optional<Pending<Buffer>> response = Optional.empty();

  private @Nullable Status failure;

  UnaryCall(
      RoutingContext routing,
      String method,
      String secret,
      RequestBody body,
      Work work,
      Arrivals arrivals,
      CallMeter meter) {
    this.routing = routing;
    this.method = method;
    this.secret = secret;
    this.body = body;
    this.work = work;
    this.arrivals = arrivals;
    this.meter = meter;
    this.eventLoop = (ContextInternal) routing.vertx().getOrCreateContext();
  }

  /** What a call is about. */
  @FunctionalInterface
  interface Work {
    /**
     * Asks for the response with its prefix, or for nothing if it found by {@code isUnwanted} that
     * nobody waits for it.
     */
    Optional<Pending<Buffer>> ask(
        Supplier<Caller> caller, RequestBody body, BooleanSupplier isUnwanted);
  }

  @Override
  public String secret() {
    return secret;
  }

  /** Begins to read the request. */
  void start(Duration timeout, Deadlines deadlines) {
    deadline = began + timeout.toNanos();
    minded = deadlines.mind(deadline, this::miss, eventLoop.nettyEventLoop());
    var _ =
        routing.addEndHandler(
            end -> {
              if (end.failed()) end();
            });
    HttpServerRequest request = routing.request();
    var _ = request.exceptionHandler(_ -> end());
    var _ = request.handler(this::read);
    var _ = request.endHandler(_ -> arrive());
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

  private void arrive() {
    if (!isUnwanted()) arrivals.add(this);
  }

  /** Whether nobody waits for the response any more, be they told so already or not. */
  private boolean isUnwanted() {
    return over || System.nanoTime() - deadline >= 0;
  }

  @Override
  public Executor eventLoop() {
    return task -> eventLoop.runOnContext(_ -> task.run());
  }

  @Override
  public void inItsContext(Runnable task) {
    eventLoop.dispatch(_ -> task.run());
  }

  @Override
  public void ask(Supplier<Caller> caller) {
    response =
        logged(() -> isUnwanted() ? Optional.empty() : work.ask(caller, body, this::isUnwanted));
  }

  @Override
  public boolean isDone() {
    return response.map(Pending::isDone).orElse(true);
  }

  @Override
  public Runnable answer() {
    Optional<Buffer> framed = logged(() -> response.map(Pending::get));
    Status failed = failure;
    return failed != null ? () -> fail(failed) : () -> framed.ifPresent(this::succeed);
  }

  private <T> Optional<T> logged(Supplier<Optional<T>> half) {
    var _ = MDC.put("requestId", requestId);
    try {
      return half.get();
    } catch (Throwable t) { // whatever it is, the call must end
      failure = GrpcErrors.toStatus(t);
      return Optional.empty();
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

  private void miss() {
    fail(DEADLINE_EXCEEDED);
  }

  private void end() {
    over = true;
    if (minded != null) minded.forget();
  }

  private void answered(Code status) {
    meter.answered(method, status, Duration.ofNanos(System.nanoTime() - began));
  }
}
