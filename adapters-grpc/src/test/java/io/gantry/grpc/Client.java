package io.gantry.grpc;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.gantry.proto.registry.v1.RegistryGrpc;
import io.gantry.proto.registry.v1.RegistryGrpc.RegistryBlockingStub;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Calls the service as a microservice does: over a real connection, with the published stubs. */
final class Client implements AutoCloseable {
  static final Metadata.Key<String> REQUEST_ID =
      Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);
  static final Metadata.Key<String> SECRET =
      Metadata.Key.of("x-auth-token", Metadata.ASCII_STRING_MARSHALLER);

  final ManagedChannel channel =
      NettyChannelBuilder.forAddress(
              "localhost",
              ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class))
          .usePlaintext()
          .build();

  RegistryBlockingStub owner() {
    return as(TestRegistry.OWNER);
  }

  RegistryBlockingStub reader() {
    return as(TestRegistry.READER);
  }

  RegistryBlockingStub as(String secret) {
    return anonymous()
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(withSecret(secret)));
  }

  RegistryBlockingStub anonymous() {
    return RegistryGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  /** Calls a method of the registry with any bytes for a message. */
  byte[] raw(String method, Metadata metadata, byte[] request) {
    return ClientCalls.blockingUnaryCall(
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata)),
        BytesMarshaller.method(RegistryGrpc.SERVICE_NAME + "/" + method),
        CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS),
        request);
  }

  static Metadata withSecret(String secret) {
    Metadata metadata = new Metadata();
    metadata.put(SECRET, secret);
    return metadata;
  }

  @Override
  public void close() {
    var _ = channel.shutdownNow();
  }

  /** How the call ends. */
  static Failure failureOf(ThrowingCallable call) {
    return new Failure(catchThrowableOfType(StatusRuntimeException.class, call));
  }

  /** A status with its details. */
  record Failure(StatusRuntimeException thrown) {
    io.grpc.Status.Code code() {
      return thrown.getStatus().getCode();
    }

    @Nullable String message() {
      return thrown.getStatus().getDescription();
    }

    String reason() {
      return detail(ErrorInfo.class).getReason();
    }

    /** The fields that the request is refused for. */
    List<String> fields() {
      return detail(BadRequest.class).getFieldViolationsList().stream()
          .map(FieldViolation::getField)
          .toList();
    }

    List<Any> details() {
      Status status = StatusProto.fromThrowable(thrown);
      return status == null ? List.of() : status.getDetailsList();
    }

    <D extends Message> D detail(Class<D> type) {
      return details().stream()
          .filter(detail -> detail.is(type))
          .map(
              detail -> {
                try {
                  return detail.unpack(type);
                } catch (InvalidProtocolBufferException e) {
                  throw new AssertionError(e);
                }
              })
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + type, thrown));
    }

    @Nullable String requestId() {
      Metadata trailers = thrown.getTrailers();
      return trailers == null ? null : trailers.get(REQUEST_ID);
    }
  }
}
