package io.gantry.oci;

import static io.gantry.oci.BlobClient.await;
import static io.gantry.oci.Registry.pushBlob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.oci.BlobClient.Answer;
import io.gantry.oci.BlobClient.LeftAnswer;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.impl.VertxInternal;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A blob whose file has lost bytes is never taken for a whole one, nor waited for. */
@QuarkusTest
@QuarkusTestResource(ServerCertificate.class)
final class BrokenBlobTest {
  private static final String CONTENT = "0123456789".repeat(World.BLOB_BYTES / 10);
  private static final Logger SERVER = Logger.getLogger("io.gantry.oci");
  private static final Formatter MESSAGE = new PatternFormatter("%s");

  private final Vertx vertx;
  private final Registry registry;
  private final FileOrMemoryStore store;
  private final Queue<String> logged = new ConcurrentLinkedQueue<>();
  private final Handler log =
      new Handler() {
        @Override
        public void publish(LogRecord one) {
          logged.add(MESSAGE.format(one));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private String digest = "";
  private String blob = "";

  @TestHTTPResource URI clear = URI.create("");

  @TestHTTPResource(tls = true)
  URI encrypted = URI.create("");

  BrokenBlobTest(Vertx vertx, Registry registry, FileOrMemoryStore store) {
    this.vertx = vertx;
    this.registry = registry;
    this.store = store;
  }

  @BeforeEach
  void pushContent() {
    String app = registry.namespace() + "/app";
    digest = pushBlob(app, CONTENT).toString();
    blob = "/v2/" + app + "/blobs/" + digest;
    store.files = true;
    SERVER.addHandler(log);
  }

  @AfterEach
  void repair() {
    SERVER.removeHandler(log);
    store.files = false;
    store.missing = 0;
    store.beforeFile = () -> {};
  }

  /** Also in parts that are there, so that nobody puts a blob together that can never be whole. */
  @ParameterizedTest
  @EnumSource
  void isRefusedBeforeAnyOfItIsSent(Transport transport) throws Exception {
    try (var client = client(transport, transport.options())) {
      for (String range : new String[] {"none", "bytes=0-9", "bytes=-1", "bytes=0-9,100-200"}) {
        store.missing = 1;
        Answer answer = await(client.answer(HttpMethod.GET, blob, range));

        assertThat(answer.head().statusCode()).as(range).isEqualTo(503);
        assertThat(answer.head().getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(answer.head().headers().names()).doesNotContain("Docker-Content-Digest", "ETag");
        assertThat(answer.body().toJsonObject().getJsonArray("errors").getJsonObject(0).getMap())
            .containsEntry("code", "UNAVAILABLE")
            .hasEntrySatisfying("message", text -> assertThat(text).asString().contains(digest));

        store.missing = 0;
        assertThat(await(client.get(blob)).toString().equals(CONTENT)).isTrue();
      }
    }
    assertThat(logged).hasSize(4).allSatisfy(line -> assertThat(line).contains(digest));
  }

  @ParameterizedTest
  @EnumSource
  void isBrokenOffWhenItsFileGetsShorterOnTheWay(Transport transport) throws Exception {
    try (var client = client(transport, transport.optionsWithSmallReceiveBuffer())) {
      LeftAnswer answer = await(client.leave(blob, "none"));
      cut(store.latestFile());

      assertThatThrownBy(() -> await(BlobClient.takeUp(answer)))
          .isInstanceOf(ExecutionException.class);
    }
    awaitLogged("blob " + digest + " cannot be read to its end");
    assertIsServedAgain(transport);
  }

  @ParameterizedTest
  @EnumSource
  void isBrokenOffInSeveralPartsToo(Transport transport) throws Exception {
    try (var client = client(transport, transport.optionsWithSmallReceiveBuffer())) {
      LeftAnswer answer = await(client.leave(blob, "bytes=10-4000000,4000010-7999999"));
      cut(store.latestFile());

      assertThatThrownBy(() -> await(BlobClient.takeUp(answer)))
          .isInstanceOf(ExecutionException.class);
    }
    awaitLogged("blob " + digest + " cannot be read to its end");
    assertIsServedAgain(transport);
  }

  /** A blob must not fill the memory because the event loop has other things to do. */
  @ParameterizedTest
  @EnumSource
  void isNotReadAheadOfABusyEventLoop(Transport transport) throws Exception {
    store.beforeFile = () -> keepEventLoopsBusyUntilItWaits(Thread.currentThread());
    try (var client = client(transport, transport.optionsWithSmallReceiveBuffer())) {
      LeftAnswer answer = await(client.leave(blob, "bytes=10-4000000,4000010-7999999"));
      cut(store.latestFile());

      assertThatThrownBy(() -> await(BlobClient.takeUp(answer)))
          .isInstanceOf(ExecutionException.class);
    }
  }

  private void keepEventLoopsBusyUntilItWaits(Thread reader) {
    for (EventExecutor loop : ((VertxInternal) vertx).getEventLoopGroup()) {
      loop.execute(
          () -> {
            while (reader.getState() == Thread.State.RUNNABLE) Thread.onSpinWait();
          });
    }
  }

  /** On a new connection: a client may not have noticed yet that the old one was cut off. */
  private void assertIsServedAgain(Transport transport) throws Exception {
    try (var client = client(transport, transport.options())) {
      assertThat(await(client.get(blob)).toString().equals(CONTENT)).isTrue();
    }
  }

  private static void cut(Path file) throws IOException {
    try (var open = FileChannel.open(file, StandardOpenOption.WRITE)) {
      var _ = open.truncate(1);
    }
  }

  private void awaitLogged(String line) {
    Instant deadline = Instant.now().plus(BlobClient.DEADLINE);
    while (!logged.contains(line)) {
      assertThat(Instant.now()).as("logged: %s", logged).isBefore(deadline);
      Thread.onSpinWait();
    }
  }

  private BlobClient client(Transport transport, HttpClientOptions options) {
    return new BlobClient(vertx, options, transport.isEncrypted() ? encrypted : clear);
  }
}
