package io.gantry.bootstrap.parity;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.ResourceInfo;
import com.google.rpc.Status;
import io.gantry.bootstrap.parity.Answer.Failure;
import io.gantry.bootstrap.parity.Answer.Success;
import io.gantry.proto.registry.v1.RegistryGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Calls the service, by the names of its methods and fields. */
final class GrpcFace implements Face {
  private static final Metadata.Key<String> SECRET =
      Metadata.Key.of("x-auth-token", Metadata.ASCII_STRING_MARSHALLER);

  /** A number that no enum has; what a name that no enum has is sent as. */
  private static final int NO_VALUE = 9999;

  private final Channel channel;

  GrpcFace(Channel channel) {
    this.channel = channel;
  }

  @Override
  public Answer call(Call call) {
    MethodDescriptor<Message, Message> method = method(call.operation());
    Metadata metadata = new Metadata();
    if (!call.secret().isEmpty()) metadata.put(SECRET, call.secret());
    try {
      Message response =
          ClientCalls.blockingUnaryCall(
              ClientInterceptors.intercept(
                  channel, MetadataUtils.newAttachHeadersInterceptor(metadata)),
              method,
              CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS),
              request(method, call.arguments()));
      return new Success(bodyOf(call.operation(), response));
    } catch (StatusRuntimeException e) {
      return failure(e);
    }
  }

  @SuppressWarnings("unchecked") // every method of the service takes and gives messages
  private static MethodDescriptor<Message, Message> method(String operation) {
    return (MethodDescriptor<Message, Message>)
        RegistryGrpc.getServiceDescriptor().getMethods().stream()
            .filter(method -> operation.equals(method.getBareMethodName()))
            .findFirst()
            .orElseThrow();
  }

  private static Message request(
      MethodDescriptor<Message, Message> method, Map<String, Object> arguments) {
    var marshaller = (PrototypeMarshaller<Message>) method.getRequestMarshaller();
    Message prototype = requireNonNull(marshaller.getMessagePrototype());
    Message.Builder request = prototype.newBuilderForType();
    arguments.forEach(
        (name, value) -> {
          FieldDescriptor field = request.getDescriptorForType().findFieldByName(name);
          Object typed =
              field.getJavaType() == FieldDescriptor.JavaType.ENUM
                  ? enumValue(field.getEnumType(), value.toString())
                  : value;
          request.setField(field, typed);
        });
    return request.build();
  }

  private static Object enumValue(EnumDescriptor values, String name) {
    var value = values.findValueByName(WireJson.prefix(values) + name.toUpperCase(Locale.ROOT));
    return value == null ? values.findValueByNumberCreatingIfUnknown(NO_VALUE) : value;
  }

  /** What REST answers with: the response itself, or the one field that its annotation names. */
  private static JsonNode bodyOf(String operation, Message response) {
    String inside = Methods.rule(Methods.method(operation)).getResponseBody();
    if (inside.isEmpty()) return WireJson.of(response);
    return WireJson.of(
        (Message) response.getField(response.getDescriptorForType().findFieldByName(inside)));
  }

  private static Failure failure(StatusRuntimeException e) {
    Status status = requireNonNull(StatusProto.fromThrowable(e), e::toString);
    // A frame that says it is too large is refused by the transport, which gives no details.
    if (e.getStatus().getCode() == Code.RESOURCE_EXHAUSTED && status.getDetailsCount() == 0) {
      return new Failure("TooLarge", Map.of());
    }
    ErrorInfo info = detail(status, ErrorInfo.class);
    String reason = info.getReason();
    return switch (e.getStatus().getCode()) {
      case INVALID_ARGUMENT -> {
        var violation = detail(status, BadRequest.class).getFieldViolations(0);
        yield new Failure(
            "InvalidArgument",
            Map.of(
                "argument", violation.getField(),
                "reason", violation.getReason().toLowerCase(Locale.ROOT)));
      }
      case UNAUTHENTICATED -> new Failure("Unauthenticated", Map.of("reason", credentials(reason)));
      case PERMISSION_DENIED -> new Failure("PermissionDenied", Map.of());
      case NOT_FOUND -> new Failure("NotFound", Map.of("message", status.getMessage()));
      case ALREADY_EXISTS -> {
        ResourceInfo resource = detail(status, ResourceInfo.class);
        yield new Failure(
            "AlreadyExists",
            Map.of(
                "resource", resource.getResourceType(),
                "resource_id", resource.getResourceName(),
                "help_message", resource.getDescription()));
      }
      case ABORTED -> {
        ResourceInfo resource = detail(status, ResourceInfo.class);
        yield new Failure(
            "TransientState",
            Map.of(
                "resource", resource.getResourceType(),
                "resource_id", resource.getResourceName(),
                "current_state", info.getMetadataOrThrow("current_state")));
      }
      case FAILED_PRECONDITION -> {
        var violation = detail(status, PreconditionFailure.class).getViolations(0);
        yield new Failure(
            "PreconditionFailed",
            Map.of(
                "precondition", violation.getType().toLowerCase(Locale.ROOT),
                "help_message", violation.getDescription()));
      }
      case RESOURCE_EXHAUSTED -> {
        if (!reason.equals("TOO_LARGE")) throw e;
        yield new Failure("TooLarge", Map.of());
      }
      default -> throw e;
    };
  }

  /** The reasons that REST has; it does not tell missing from malformed. */
  private static String credentials(String reason) {
    return switch (reason) {
      case "CREDENTIALS_MISSING", "CREDENTIALS_MALFORMED" -> "invalid_argument";
      case "CREDENTIALS_UNKNOWN" -> "not_found";
      case "CREDENTIALS_EXPIRED" -> "expired";
      default -> reason;
    };
  }

  private static <D extends Message> D detail(Status status, Class<D> type) {
    for (Any detail : status.getDetailsList()) {
      try {
        if (detail.is(type)) return detail.unpack(type);
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionError(e);
      }
    }
    throw new AssertionError("no " + type.getSimpleName() + " in " + status);
  }
}
