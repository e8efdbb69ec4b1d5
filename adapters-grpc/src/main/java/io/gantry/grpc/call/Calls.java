package io.gantry.grpc.call;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.gantry.application.access.Authenticate;
import io.gantry.grpc.GrpcLimits;
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
  @SuppressWarnings("unchecked") // the parser of a message's prototype reads such messages
  public <Q extends MessageLite, R extends MessageLite> Method<Q, R> method(
      MethodDescriptor<Q, R> method, Operation<Q, R> operation) {
    Q prototype = ((PrototypeMarshaller<Q>) method.getRequestMarshaller()).getMessagePrototype();
    if (prototype == null) throw new IllegalStateException("a method without request message");
    return new Method<>(
        method.getFullMethodName(),
        prototype.getClass().getSimpleName(),
        (Parser<? extends Q>) prototype.getParserForType(),
        operation,
        authenticate,
        workers,
        limits.requestSize(),
        meter);
  }
}
