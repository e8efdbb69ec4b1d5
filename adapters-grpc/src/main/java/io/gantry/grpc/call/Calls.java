package io.gantry.grpc.call;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.gantry.application.access.Authenticate;
import io.gantry.domain.access.Caller;
import io.gantry.grpc.GrpcLimits;
import io.gantry.grpc.call.UnaryCall.Work;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServerMethodDefinition;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;

/**
 * Makes methods of operations: finds out who calls, does it on a virtual thread, and answers once.
 *
 * <p>Not with {@code @RunOnVirtualThread} on a generated base class: the listener behind that
 * annotation hands events from one thread to another without a lock and can lose the last one, and
 * tells of a cancellation only when the work is over. Here the events stay on the event loop and
 * only the work leaves it.
 */
@Singleton
public final class Calls {
  private static final Metadata.Key<String> SECRET =
      Metadata.Key.of("x-auth-token", Metadata.ASCII_STRING_MARSHALLER);

  private final Authenticate authenticate;
  private final ExecutorService workers;
  private final GrpcLimits limits;

  Calls(Authenticate authenticate, @VirtualThreads ExecutorService workers, GrpcLimits limits) {
    this.authenticate = authenticate;
    this.workers = workers;
    this.limits = limits;
  }

  /** What a method does, once it is known for whom. */
  @FunctionalInterface
  public interface Operation<Q, R> {
    R run(Caller caller, Q request);
  }

  /** The method, with requests read in a way that bad ones get an answer too. */
  public <Q extends MessageLite, R> ServerMethodDefinition<?, R> method(
      MethodDescriptor<Q, R> method, Operation<Q, R> operation) {
    MethodDescriptor<Received<Q>, R> received =
        method.toBuilder(requests(method), method.getResponseMarshaller()).build();
    return ServerMethodDefinition.create(
        received,
        (call, headers) -> {
          String secret = headers.get(SECRET);
          Work<Q, R> work =
              (request, over) -> run(operation, secret == null ? "" : secret, request, over);
          var unary = new UnaryCall<>(call, work, workers, UUID.randomUUID().toString());
          unary.start(Timeout.of(headers));
          return unary;
        });
  }

  private <Q, R> Optional<R> run(
      Operation<Q, R> operation, String secret, Received<Q> request, BooleanSupplier over) {
    Caller caller = authenticate.bySecret(secret);
    Q message = request.orThrow();
    return over.getAsBoolean() ? Optional.empty() : Optional.of(operation.run(caller, message));
  }

  @SuppressWarnings("unchecked") // the parser of a message's prototype reads such messages
  private <Q extends MessageLite> RequestMarshaller<Q> requests(MethodDescriptor<Q, ?> method) {
    Q prototype = ((PrototypeMarshaller<Q>) method.getRequestMarshaller()).getMessagePrototype();
    if (prototype == null) throw new IllegalStateException("a method without request message");
    return new RequestMarshaller<>(
        prototype.getClass().getSimpleName(),
        (Parser<? extends Q>) prototype.getParserForType(),
        limits.requestSize());
  }
}
