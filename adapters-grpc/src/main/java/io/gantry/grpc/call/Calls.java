package io.gantry.grpc.call;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.gantry.application.access.Authenticate;
import io.gantry.application.group.Pending;
import io.gantry.grpc.GrpcLimits;
import io.gantry.grpc.call.Method.Inquiry;
import io.gantry.grpc.call.Method.Operation;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;

/** Makes methods of operations. */
@Singleton
public final class Calls {
  private final Authenticate authenticate;
  private final ExecutorService workers;
  private final GrpcLimits limits;
  private final CallMeter meter;
  private final Deadlines deadlines = new Deadlines();

  Calls(
      Authenticate authenticate,
      @VirtualThreads ExecutorService workers,
      GrpcLimits limits,
      CallMeter meter) {
    this.authenticate = authenticate;
    this.workers = workers;
    this.limits = limits;
    this.meter = meter;
  }

  /** The method that does an operation, for whoever proves to be somebody. */
  public <Q extends MessageLite, R extends MessageLite> Method<Q, R> method(
      MethodDescriptor<Q, R> method, Operation<Q, R> operation) {
    return method(
        method,
        (caller, request) -> Pending.of(operation.run(caller, request)),
        Arrivals.eachAlone(workers, authenticate::bySecret));
  }

  /**
   * As {@link #method}, for what is asked of the database by key: calls that come at once wait for
   * the same statement.
   */
  public <Q extends MessageLite, R extends MessageLite> Method<Q, R> lookUp(
      MethodDescriptor<Q, R> method, Inquiry<Q, R> inquiry) {
    return method(method, inquiry, Arrivals.together(workers, authenticate::bySecret));
  }

  @SuppressWarnings("unchecked") // the parser of a message's prototype reads such messages
  private <Q extends MessageLite, R extends MessageLite> Method<Q, R> method(
      MethodDescriptor<Q, R> method, Inquiry<Q, R> inquiry, Arrivals arrivals) {
    Q prototype = ((PrototypeMarshaller<Q>) method.getRequestMarshaller()).getMessagePrototype();
    if (prototype == null) throw new IllegalStateException("a method without request message");
    return new Method<>(
        method.getFullMethodName(),
        prototype.getClass().getSimpleName(),
        (Parser<? extends Q>) prototype.getParserForType(),
        inquiry,
        arrivals,
        deadlines,
        limits.requestSize(),
        meter);
  }
}
