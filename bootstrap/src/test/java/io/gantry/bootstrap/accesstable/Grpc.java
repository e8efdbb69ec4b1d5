package io.gantry.bootstrap.accesstable;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import grpc.health.v1.HealthGrpc;
import io.gantry.proto.registry.v1.RegistryGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Calls the methods of gRPC services by name, and asks the server which there are. */
final class Grpc implements AutoCloseable {
  private static final Metadata.Key<String> SECRET =
      Metadata.Key.of("x-auth-token", Metadata.ASCII_STRING_MARSHALLER);
  private static final String REFLECTION =
      ServerReflectionGrpc.SERVICE_NAME + "/ServerReflectionInfo";
  private static final String OLD_REFLECTION =
      "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";
  private static final long PATIENCE_SECONDS = 30;

  private final ManagedChannel channel;

  Grpc(int port) {
    channel = NettyChannelBuilder.forAddress("localhost", port).usePlaintext().build();
  }

  /** Calls, and takes the first message as the answer, as streams may never end. */
  Answer send(Request request, Optional<String> secret) {
    MethodDescriptor<Message, Message> method = method(request.path());
    Metadata metadata = new Metadata();
    secret.ifPresent(text -> metadata.put(SECRET, text));
    Channel as =
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
    try {
      String text = first(as, method, message(method, request.arguments())).toString();
      return new Answer("OK", "", text, text);
    } catch (StatusRuntimeException e) {
      String whole = String.valueOf(StatusProto.fromThrowable(e));
      return new Answer(e.getStatus().getCode().name(), "", "", whole);
    }
  }

  /** The full names of all methods of all services, as the server tells them. */
  Set<String> methods() throws InvalidProtocolBufferException {
    // What answers this question does not name itself.
    Set<String> methods = new TreeSet<>(Set.of(REFLECTION, OLD_REFLECTION));
    var services =
        ask(ServerReflectionRequest.newBuilder().setListServices("").build())
            .getListServicesResponse()
            .getServiceList();
    for (var service : services) {
      var files =
          ask(ServerReflectionRequest.newBuilder()
                  .setFileContainingSymbol(service.getName())
                  .build())
              .getFileDescriptorResponse();
      for (ByteString bytes : files.getFileDescriptorProtoList()) {
        addMethods(FileDescriptorProto.parseFrom(bytes), service.getName(), methods);
      }
    }
    return methods;
  }

  @Override
  public void close() {
    var _ = channel.shutdownNow();
  }

  private static void addMethods(FileDescriptorProto file, String service, Set<String> methods) {
    for (var declared : file.getServiceList()) {
      if (!service.equals(file.getPackage() + "." + declared.getName())) continue;
      declared.getMethodList().forEach(method -> methods.add(service + "/" + method.getName()));
    }
  }

  private ServerReflectionResponse ask(ServerReflectionRequest question) {
    return (ServerReflectionResponse) first(channel, method(REFLECTION), question);
  }

  private static Message first(
      Channel channel, MethodDescriptor<Message, Message> method, Message request) {
    var answer = new CompletableFuture<Message>();
    var call =
        channel.newCall(
            method, CallOptions.DEFAULT.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS));
    StreamObserver<Message> into = into(answer);
    if (method.getType() == MethodDescriptor.MethodType.BIDI_STREAMING) {
      var requests = ClientCalls.asyncBidiStreamingCall(call, into);
      requests.onNext(request);
    } else {
      ClientCalls.asyncServerStreamingCall(call, request, into);
    }
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StatusRuntimeException refused) throw refused;
      throw new AssertionError(e);
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(method.getFullMethodName() + " has no answer", e);
    } finally {
      call.cancel("the first message is enough", null);
    }
  }

  private static StreamObserver<Message> into(CompletableFuture<Message> answer) {
    return new StreamObserver<>() {
      @Override
      public void onNext(Message value) {
        var _ = answer.complete(value);
      }

      @Override
      public void onError(Throwable t) {
        var _ = answer.completeExceptionally(t);
      }

      @Override
      public void onCompleted() {
        var _ = answer.completeExceptionally(new IllegalStateException("no message"));
      }
    };
  }

  @SuppressWarnings("unchecked") // every method of these services takes and gives messages
  private static MethodDescriptor<Message, Message> method(String fullName) {
    return (MethodDescriptor<Message, Message>)
        Stream.of(
                RegistryGrpc.getServiceDescriptor(),
                HealthGrpc.getServiceDescriptor(),
                ServerReflectionGrpc.getServiceDescriptor(),
                grpc.reflection.v1alpha.ServerReflectionGrpc.getServiceDescriptor())
            .flatMap(service -> service.getMethods().stream())
            .filter(method -> method.getFullMethodName().equals(fullName))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no method is called " + fullName));
  }

  private static Message message(
      MethodDescriptor<Message, Message> method, Map<String, Object> arguments) {
    var marshaller = (PrototypeMarshaller<Message>) method.getRequestMarshaller();
    Message.Builder message = requireNonNull(marshaller.getMessagePrototype()).newBuilderForType();
    arguments.forEach(
        (name, value) -> {
          FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
          message.setField(field, typed(field, value));
        });
    return message.build();
  }

  private static Object typed(FieldDescriptor field, Object value) {
    if (field.getJavaType() != FieldDescriptor.JavaType.ENUM) return value;
    return field
        .getEnumType()
        .findValueByName((field.getName() + "_" + value).toUpperCase(Locale.ROOT));
  }
}
