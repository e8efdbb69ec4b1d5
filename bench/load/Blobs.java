import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;

/** Blobs up and down. */
final class Blobs {
  private static final int MIB = 1 << 20;

  private final Options options;

  Blobs(Options options) {
    this.options = options;
  }

  /** Distinct random blobs, each by POST and PUT, over several connections. */
  String small() throws Exception {
    int warmUp = options.number("warm-up", 1000);
    int count = options.number("count", 5000);
    byte[] body = new byte[options.number("size", 16 << 10)];
    Content.random().nextBytes(body);
    String[] digests = new String[warmUp + count];
    int processors = Runtime.getRuntime().availableProcessors();
    Times.of(
        digests.length,
        processors,
        body::clone,
        (own, i) -> digests[i] = Content.digest(Content.stamped(own, i)));

    record Pusher(Repository repository, byte[] body) implements AutoCloseable {
      void push(int number, String digest) throws IOException {
        repository.push(Content.stamped(body, number), digest);
      }

      @Override
      public void close() throws IOException {
        repository.connection().close();
      }
    }

    Callable<Pusher> pusher =
        () -> new Pusher(new Repository(options.connect(), repository()), body.clone());
    int connections = options.connections();
    Times.of(warmUp, connections, pusher, (own, i) -> own.push(i, digests[i]));
    return Times.of(
            count, connections, pusher, (own, i) -> own.push(warmUp + i, digests[warmUp + i]))
        .summary("blobs/s");
  }

  /**
   * One large blob: {@code --by patch} (POST, chunked PATCH, PUT, as docker) or {@code --by put}.
   */
  String upload() throws Exception {
    int mebibytes = options.number("mebibytes", 1024);
    var layer = new Layer(mebibytes);
    String digest = layer.digest();
    try (var connection = options.connect()) {
      long started = System.nanoTime();
      String session = new Repository(connection, repository()).startUpload();
      switch (options.text("by", "patch")) {
        case "put" -> {
          connection.head(
              "PUT",
              Repository.withDigest(session, digest),
              "Content-Length: " + layer.length());
          layer.sendPlain(connection);
        }
        case "patch" -> {
          connection.head(
              "PATCH",
              session,
              "Content-Type: application/octet-stream",
              "Transfer-Encoding: chunked");
          layer.sendChunked(connection);
          var patched = connection.receive();
          patched.expect(202);
          connection.head(
              "PUT", Repository.withDigest(patched.location(), digest), "Content-Length: 0");
        }
        default -> throw new IllegalArgumentException("--by must be patch or put");
      }
      connection.receive().expect(201);
      return rate(mebibytes, started) + " digest=" + digest;
    }
  }

  /** {@code --path}, read to the end and thrown away. */
  String download() throws Exception {
    int mebibytes = options.number("mebibytes", 1024);
    try (var connection = options.connect()) {
      long started = System.nanoTime();
      connection.head("GET", options.text("path"));
      var response = connection.receive();
      response.expect(200);
      if (response.bodyLength() != (long) mebibytes * MIB) {
        throw new IOException("got " + response.bodyLength() + " bytes");
      }
      return rate(mebibytes, started);
    }
  }

  /** Many large blobs at once: nobody sends the second half before all have sent the first. */
  String parallel() throws Exception {
    int connections = options.number("connections", 200);
    int mebibytes = options.number("mebibytes", 8);
    var halfway = new CyclicBarrier(connections);
    long started = System.nanoTime();
    Times.of(
        connections,
        connections,
        options::connect,
        (connection, i) -> {
          var layer = new Layer(mebibytes);
          String session = new Repository(connection, repository()).startUpload();
          connection.head(
              "PUT",
              Repository.withDigest(session, layer.digest()),
              "Content-Length: " + layer.length());
          layer.sendPlain(connection, 0, mebibytes / 2);
          halfway.await();
          layer.sendPlain(connection, mebibytes / 2, mebibytes);
          connection.receive().expect(201);
        });
    return rate(mebibytes * connections, started);
  }

  private String repository() {
    return options.text("repository");
  }

  private static String rate(int mebibytes, long started) {
    double seconds = (System.nanoTime() - started) / 1e9;
    return "rate=%.1f unit=MiB/s seconds=%.2f".formatted(mebibytes / seconds, seconds);
  }
}
