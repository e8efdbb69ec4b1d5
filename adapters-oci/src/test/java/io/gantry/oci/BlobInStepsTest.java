package io.gantry.oci;

import static io.gantry.oci.BlobClient.await;
import static io.gantry.oci.Registry.pushBlob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.oci.BlobClient.Answer;
import io.gantry.oci.BlobClient.LeftAnswer;
import io.gantry.oci.blob.LargeBuffers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.StreamResetException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Large blobs: sent by the kernel, or in several steps where it cannot do it by itself. */
@QuarkusTest
@QuarkusTestResource(ServerCertificate.class)
final class BlobInStepsTest {
  private static final String CONTENT = "0123456789".repeat(100_000);
  private static final String OTHER = "abcdefghijk".repeat(70_000);
  private final Vertx vertx;
  private final LargeBuffers buffers;
  private final FileOrMemoryStore store;
  private final Registry registry;
  private BlobClient client;
  private String content = "";
  private String other = "";

  @TestHTTPResource URI clear = URI.create("");

  @TestHTTPResource(tls = true)
  URI encrypted = URI.create("");

  BlobInStepsTest(Vertx vertx, LargeBuffers buffers, Registry registry, FileOrMemoryStore store) {
    this.vertx = vertx;
    this.buffers = buffers;
    this.registry = registry;
    this.store = store;
  }

  @BeforeEach
  void pushContent() {
    String app = registry.namespace() + "/app";
    content = "/v2/" + app + "/blobs/" + pushBlob(app, CONTENT);
    other = "/v2/" + app + "/blobs/" + pushBlob(app, OTHER);
    store.files = true;
    client = new BlobClient(vertx, Transport.HTTP1.options(), clear);
  }

  /** Nothing may have kept its memory. */
  @AfterEach
  void everythingIsGivenBack() {
    awaitBuffers(free -> free == LargeBuffers.ANSWERS);
    store.files = false;
    client.close();
  }

  @ParameterizedTest
  @EnumSource
  void answersTheWholeBlob(Transport transport) throws Exception {
    use(transport);

    Answer answer = await(client.answer(HttpMethod.GET, content, "none"));

    assertThat(answer.head().version()).isEqualTo(transport.version());
    assertThat(answer.head().statusCode()).isEqualTo(200);
    assertThat(answer.head().headers().getAll("Content-Length")).containsExactly("1000000");
    assertThat(answer.body().toString().equals(CONTENT)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void answersItsParts(Transport transport) throws Exception {
    use(transport);
    int step = 128 << 10;
    for (int[] part :
        new int[][] {
          {0, 0},
          {0, 16383},
          {0, 16384},
          {0, step - 1},
          {0, step},
          {step - 1, step},
          {300_000, 999_998},
          {0, 4 * step},
          {999_999, 999_999}
        }) {
      String range = part[0] + "-" + part[1];
      String expected = CONTENT.substring(part[0], part[1] + 1);
      Answer answer = await(client.answer(HttpMethod.GET, content, "bytes=" + range));

      assertThat(answer.head().statusCode()).isEqualTo(206);
      assertThat(answer.head().getHeader("Content-Range")).isEqualTo("bytes " + range + "/1000000");
      assertThat(answer.body().toString().equals(expected)).as(range).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void answersAHeadWithoutTheBlob(Transport transport) throws Exception {
    use(transport);

    Answer answer = await(client.answer(HttpMethod.HEAD, content, "none"));

    assertThat(answer.head().getHeader("Content-Length")).isEqualTo("1000000");
    assertThat(answer.body().length()).isZero();
  }

  /** More than can take large steps, and over HTTP/2 all on one connection. */
  @ParameterizedTest
  @EnumSource
  void manyComeThroughAtOnce(Transport transport) throws Exception {
    use(transport);

    List<Future<Buffer>> bodies =
        IntStream.range(0, 90).mapToObj(i -> client.get(i % 2 == 0 ? content : other)).toList();

    for (int i = 0; i < bodies.size(); i++) {
      String expected = i % 2 == 0 ? CONTENT : OTHER;
      assertThat(await(bodies.get(i)).toString().equals(expected)).as("answer " + i).isTrue();
    }
  }

  /** What they have had enough of is not sent to others, who ask at the same time. */
  @ParameterizedTest
  @EnumSource
  void othersAreServedWhenClientsHaveEnough(Transport transport) throws Exception {
    use(transport);
    for (int round = 0; round < 5; round++) {
      List<Future<Void>> cut = Stream.generate(() -> client.cutShort(content)).limit(20).toList();
      List<Future<Buffer>> whole = Stream.generate(() -> client.get(other)).limit(10).toList();

      for (Future<Void> answer : cut) await(answer);
      for (Future<Buffer> answer : whole) {
        assertThat(await(answer).toString().equals(OTHER)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP2", "TLS_HTTP2"})
  void aClientThatTakesNothingIsCutOffWhileOthersGoOn(Transport transport) throws Exception {
    use(transport);
    Promise<Void> failed = Promise.promise();
    var _ = await(client.pause(content, failed::tryFail));

    for (int i = 0; i < 3; i++) {
      assertThat(await(client.get(content)).toString().equals(CONTENT)).isTrue();
    }

    assertThat(await(failed.future().otherwise(BlobInStepsTest::reset))).isNull();
    assertThat(await(client.get(content)).toString().equals(CONTENT)).isTrue();
  }

  /** Nothing can be said to it, so it is the connection that ends. */
  @Test
  void aClientThatTakesNothingIsCutOffWithItsConnection() throws Exception {
    String app = registry.namespace() + "/app";
    String large = "/v2/" + app + "/blobs/" + pushBlob(app, "x".repeat(World.BLOB_BYTES));
    BlobClient stalled = client(Transport.TLS, Transport.TLS.optionsWithSmallReceiveBuffer());

    LeftAnswer answer = await(stalled.leave(large, "none"));

    awaitBuffers(free -> free < LargeBuffers.ANSWERS);
    awaitBuffers(free -> free == LargeBuffers.ANSWERS);
    assertThatThrownBy(() -> await(BlobClient.takeUp(answer)))
        .isInstanceOf(ExecutionException.class);
  }

  private void awaitBuffers(IntPredicate condition) {
    Instant deadline = Instant.now().plus(BlobClient.DEADLINE);
    while (!condition.test(buffers.free())) assertThat(Instant.now()).isBefore(deadline);
  }

  private static Void reset(Throwable cause) {
    assertThat(cause).isInstanceOf(StreamResetException.class);
    return null;
  }

  private void use(Transport transport) {
    var _ = client(transport, transport.options());
  }

  private BlobClient client(Transport transport, HttpClientOptions options) {
    client.close();
    client = new BlobClient(vertx, options, transport.isEncrypted() ? encrypted : clear);
    return client;
  }
}
