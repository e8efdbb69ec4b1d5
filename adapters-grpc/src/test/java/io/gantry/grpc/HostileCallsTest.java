package io.gantry.grpc;

import static io.gantry.grpc.Client.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.gantry.grpc.Client.Failure;
import io.gantry.proto.registry.v1.CreateNamespaceRequest;
import io.gantry.proto.registry.v1.ListNamespacesRequest;
import io.gantry.proto.registry.v1.RegistryGrpc;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status.Code;
import io.grpc.stub.ClientCalls;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that no well-behaved client sends: a canonical code each, and the connection goes on. */
@QuarkusTest
final class HostileCallsTest {
  private Client client;
  private final Metadata owner = Client.withSecret(TestRegistry.OWNER);

  @BeforeEach
  void open() {
    client = new Client();
  }

  @AfterEach
  void theConnectionIsStillGood() {
    assertThat(
            client
                .owner()
                .listNamespaces(ListNamespacesRequest.newBuilder().setRegion("fr-par").build()))
        .isNotNull();
    client.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ff", // a tag cut short
        "0a05", // a string cut short
        "0a01ff", // a string that is not UTF-8
        "00", // field number 0
        "0affffffff07", // a string of two gigabytes
        "0affffffffffffffffff01", // a string of negative length
        "0b0b0b0b", // groups without end
        "07", // a wire type that does not exist
      })
  void refusesBytesThatAreNoMessage(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);

    Failure failure = failureOf(() -> client.raw("GetNamespace", owner, bytes));

    assertThat(failure.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(failure.fields()).containsExactly("request");
    assertThat(failure.message()).isEqualTo("request must be a GetNamespaceRequest");
  }

  @Test
  void survivesRandomBytesOnEveryMethod() {
    Random random = new Random(20260101);
    for (String method : EveryCallTest.methods()) {
      for (int i = 0; i < 200; i++) {
        byte[] bytes = new byte[random.nextInt(64)];
        random.nextBytes(bytes);
        Failure failure = failureOf(() -> client.raw(method, owner, bytes));
        assertThat(failure.code()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(failure.requestId()).isNotNull();
      }
    }
  }

  @Test
  void survivesNestingWithoutEnd() {
    ByteString.Output nested = ByteString.newOutput();
    for (int i = 0; i < 100_000; i++) nested.write(0x7b); // begins a group, unknown

    assertThat(
            failureOf(() -> client.raw("GetTag", owner, nested.toByteString().toByteArray()))
                .code())
        .isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void refusesARequestBeyondTheLimit() {
    byte[] large = new byte[(1 << 20) + 1];

    assertThat(failureOf(() -> client.raw("GetTag", owner, large)).code())
        .isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(failureOf(() -> client.raw("GetTag", owner, new byte[8 << 20])).code())
        .isEqualTo(Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void refusesARequestThatDecompressesBeyondTheLimit() {
    CreateNamespaceRequest request =
        CreateNamespaceRequest.newBuilder().setDescription("x".repeat(64 << 20)).build();

    Failure failure =
        failureOf(() -> client.owner().withCompression("gzip").createNamespace(request));

    assertThat(failure.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(failure.reason()).isEqualTo("TOO_LARGE");
  }

  @Test
  void readsCompressedRequests() {
    assertThat(
            client
                .owner()
                .withCompression("gzip")
                .listNamespaces(ListNamespacesRequest.newBuilder().setRegion("fr-par").build()))
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scaleway.registry.v1.Registry/DropEverything",
        "scaleway.registry.v2.Registry/GetTag",
        "scaleway.registry.v1.Registry/getTag",
        "x/y"
      })
  void refusesUnknownMethods(String method) {
    Failure failure =
        failureOf(
            () ->
                ClientCalls.blockingUnaryCall(
                    client.channel,
                    BytesMarshaller.method(method),
                    CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS),
                    new byte[0]));

    assertThat(failure.code()).isEqualTo(Code.UNIMPLEMENTED);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 5})
  void takesExactlyOneMessage(int messages) throws Exception {
    MethodDescriptor<byte[], byte[]> streaming =
        BytesMarshaller.method(RegistryGrpc.SERVICE_NAME + "/ListNamespaces").toBuilder()
            .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
            .build();
    BlockingQueue<Code> ended = new LinkedBlockingQueue<>();
    ClientCall<byte[], byte[]> call = client.channel.newCall(streaming, CallOptions.DEFAULT);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(io.grpc.Status status, Metadata trailers) {
            ended.add(status.getCode());
          }
        },
        owner);
    call.request(1);
    for (int i = 0; i < messages; i++) call.sendMessage(new byte[0]);
    call.halfClose();

    assertThat(ended.poll(20, TimeUnit.SECONDS)).isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void refusesOversizedMetadata() {
    Metadata metadata = Client.withSecret(TestRegistry.OWNER);
    metadata.put(
        Metadata.Key.of("x-padding", Metadata.ASCII_STRING_MARSHALLER), "x".repeat(100_000));

    Failure failure = failureOf(() -> client.raw("ListNamespaces", metadata, new byte[0]));

    // The client's own library says so: it was told the limit when it connected.
    assertThat(failure.code()).isEqualTo(Code.INTERNAL);
    assertThat(failure.thrown())
        .hasRootCauseMessage("Header size exceeded max allowed size (8192)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1000000000S", "-1S", "1X", "99999999H", "\u00e4"})
  void ignoresATimeoutThatCannotBeRead(String timeout) {
    Metadata metadata = Client.withSecret(TestRegistry.OWNER);
    metadata.put(Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER), timeout);

    assertThat(failureOf(() -> client.raw("ListNamespaces", metadata, new byte[0])).code())
        .isEqualTo(Code.INVALID_ARGUMENT); // the region is missing, so it got that far
  }
}
