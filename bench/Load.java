import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * Puts one kind of load on one registry and prints one line of {@code key=value} figures. Bodies
 * and digests are made before the clock starts, and the HTTP client is a bare socket: on a small
 * machine what the client spends is taken from the server.
 *
 * <pre>java Load.java SCENARIO --url http://127.0.0.1:5000 [--name value]...</pre>
 *
 * Scenarios: {@code blob-small}, {@code blob-up}, {@code blob-down}, {@code list}; see README.md.
 */
public final class Load {
  private static final int MIB = 1 << 20;

  /** What docker puts into one chunk of a chunked PATCH. */
  private static final int DOCKER_CHUNK = 32 << 10;

  /** A page of a list with nothing in it is shorter, in bytes. */
  private static final int SHORTEST_PAGE = 100;

  private final Options options;

  private Load(Options options) {
    this.options = options;
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 0) throw new IllegalArgumentException("name a scenario; see README.md");
    var options = Options.parse(Arrays.copyOfRange(arguments, 1, arguments.length));
    var load = new Load(options);
    System.out.println(
        switch (arguments[0]) {
          case "blob-small" -> load.smallBlobs();
          case "blob-up" -> load.upload();
          case "blob-down" -> load.download();
          case "list" -> load.lists();
          default -> throw new IllegalArgumentException("unknown scenario " + arguments[0]);
        });
  }

  // -- scenarios ------------------------------------------------------------------------------

  /** Distinct random blobs, each by POST and PUT, over several connections. */
  private String smallBlobs() throws Exception {
    int warmUp = options.number("warm-up", 1000);
    int count = options.number("count", 5000);
    byte[] body = new byte[options.number("size", 16 << 10)];
    random().nextBytes(body);
    String[] digests = new String[warmUp + count];
    int processors = Runtime.getRuntime().availableProcessors();
    timed(
        digests.length, processors, body::clone, (own, i) -> digests[i] = digest(stamped(own, i)));

    record Pusher(Connection connection, byte[] body) implements AutoCloseable {
      @Override
      public void close() throws IOException {
        connection.close();
      }
    }

    Callable<Pusher> pusher = () -> new Pusher(connect(), body.clone());
    int connections = options.number("connections", 16);
    timed(
        warmUp,
        connections,
        pusher,
        (own, i) -> push(own.connection(), stamped(own.body(), i), digests[i]));
    var times =
        timed(
            count,
            connections,
            pusher,
            (own, i) ->
                push(own.connection(), stamped(own.body(), warmUp + i), digests[warmUp + i]));
    return times.summary("blobs/s");
  }

  private void push(Connection connection, byte[] body, String digest) throws IOException {
    String session = startUpload(connection);
    connection.send("PUT", withDigest(session, digest), ByteBuffer.wrap(body)).expect(201);
  }

  /**
   * One large blob: {@code --by patch} (POST, chunked PATCH, PUT, as docker) or {@code --by put}.
   */
  private String upload() throws Exception {
    int mebibytes = options.number("mebibytes", 1024);
    var layer = new Layer(mebibytes);
    String digest = layer.digest();
    try (var connection = connect()) {
      long started = System.nanoTime();
      String session = startUpload(connection);
      switch (options.text("by", "patch")) {
        case "put" -> {
          connection.head("PUT", withDigest(session, digest), "Content-Length: " + layer.length());
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
          session = patched.location();
          connection.head("PUT", withDigest(session, digest), "Content-Length: 0");
        }
        default -> throw new IllegalArgumentException("--by must be patch or put");
      }
      connection.receive().expect(201);
      double seconds = (System.nanoTime() - started) / 1e9;
      return "rate=%.1f unit=MiB/s seconds=%.2f digest=%s"
          .formatted(mebibytes / seconds, seconds, digest);
    }
  }

  /** One blob ({@code --digest}) read to the end and thrown away. */
  private String download() throws Exception {
    try (var connection = connect()) {
      long started = System.nanoTime();
      connection.head("GET", blobs() + options.text("digest"));
      var response = connection.receive();
      response.expect(200);
      double seconds = (System.nanoTime() - started) / 1e9;
      long expected = (long) options.number("mebibytes", 1024) * MIB;
      if (response.bodyLength() != expected) {
        throw new IOException("got " + response.bodyLength() + " bytes, not " + expected);
      }
      return "rate=%.1f unit=MiB/s seconds=%.2f"
          .formatted((double) expected / MIB / seconds, seconds);
    }
  }

  /** Random pages of {@code --path}, to which {@code page=N} is added. */
  private String lists() throws Exception {
    int pages = options.number("pages", 100);
    String path = options.text("path") + (options.text("path").contains("?") ? "&" : "?") + "page=";
    Step<Connection> page =
        (connection, i) -> {
          connection.head("GET", path + (1 + ThreadLocalRandom.current().nextInt(pages)));
          var response = connection.receive();
          response.expect(200);
          if (response.bodyLength() < SHORTEST_PAGE) throw new IOException("an empty page");
        };
    int connections = options.number("connections", 4);
    timed(options.number("warm-up", 500), connections, this::connect, page);
    var times = timed(options.number("count", 2000), connections, this::connect, page);
    return times.summary("calls/s");
  }

  // -- the protocol -----------------------------------------------------------------------------

  private String blobs() {
    return "/v2/" + options.text("repository", "bench/load") + "/blobs/";
  }

  private String startUpload(Connection connection) throws IOException {
    var response = connection.send("POST", blobs() + "uploads/", ByteBuffer.allocate(0));
    response.expect(202);
    return response.location();
  }

  private static String withDigest(String location, String digest) {
    return location + (location.contains("?") ? "&" : "?") + "digest=" + digest;
  }

  private Connection connect() throws IOException {
    return new Connection(URI.create(options.text("url")), options.headers());
  }

  // -- content ----------------------------------------------------------------------------------

  private static RandomGenerator random() {
    return RandomGenerator.of("L64X128MixRandom");
  }

  /** Writes {@code number} into the first bytes of {@code body}, which makes it distinct. */
  private static byte[] stamped(byte[] body, int number) {
    ByteBuffer.wrap(body).putInt(number);
    return body;
  }

  private static String digest(byte[] content) {
    var sha256 = sha256();
    return "sha256:" + HexFormat.of().formatHex(sha256.digest(content));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Random bytes, one MiB repeated with a stamp at each start, so that no part equals another. */
  private static final class Layer {
    private final int mebibytes;
    private final byte[] block = new byte[MIB];

    Layer(int mebibytes) {
      this.mebibytes = mebibytes;
      random().nextBytes(block);
    }

    long length() {
      return (long) mebibytes * MIB;
    }

    String digest() {
      var sha256 = sha256();
      for (int i = 0; i < mebibytes; i++) sha256.update(stamped(block, i));
      return "sha256:" + HexFormat.of().formatHex(sha256.digest());
    }

    void sendPlain(Connection connection) throws IOException {
      var buffer = ByteBuffer.allocateDirect(MIB).put(block);
      for (int i = 0; i < mebibytes; i++) connection.write(buffer.putInt(0, i).rewind());
    }

    /** In the chunks docker sends; the framing is laid out once, only the stamp changes. */
    void sendChunked(Connection connection) throws IOException {
      byte[] before =
          (Integer.toHexString(DOCKER_CHUNK) + "\r\n").getBytes(StandardCharsets.US_ASCII);
      byte[] after = "\r\n".getBytes(StandardCharsets.US_ASCII);
      int chunks = MIB / DOCKER_CHUNK;
      var buffer = ByteBuffer.allocateDirect(MIB + chunks * (before.length + after.length));
      for (int i = 0; i < chunks; i++) {
        buffer.put(before).put(block, i * DOCKER_CHUNK, DOCKER_CHUNK).put(after);
      }
      for (int i = 0; i < mebibytes; i++) {
        connection.write(buffer.putInt(before.length, i).rewind());
      }
      connection.write(ByteBuffer.wrap("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
    }
  }

  // -- a bare HTTP/1.1 connection ---------------------------------------------------------------

  private record Response(int status, String location, long bodyLength, String text) {
    void expect(int wanted) throws IOException {
      if (status != wanted)
        throw new IOException("status " + status + ", not " + wanted + ": " + text);
    }
  }

  /** Kept alive; one request at a time. Bodies of answers are counted and thrown away. */
  private static final class Connection implements AutoCloseable {
    private static final int ERROR_TEXT = 500;

    private final SocketChannel channel;
    private final String headers;
    private final ByteBuffer out = ByteBuffer.allocateDirect(64 << 10);
    private final ByteBuffer in = ByteBuffer.allocateDirect(MIB).flip();

    Connection(URI server, String headers) throws IOException {
      channel = SocketChannel.open(new InetSocketAddress(server.getHost(), server.getPort()));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      this.headers = "Host: " + server.getAuthority() + "\r\n" + headers;
    }

    /** Sends a request that fits one packet train, and waits for its answer. */
    Response send(String method, String target, ByteBuffer body) throws IOException {
      out.clear();
      out.put(request(method, target, "Content-Length: " + body.remaining()));
      if (out.remaining() >= body.remaining()) {
        write(out.put(body).flip());
      } else {
        write(out.flip());
        write(body);
      }
      return receive();
    }

    void head(String method, String target, String... more) throws IOException {
      write(ByteBuffer.wrap(request(method, target, more)));
    }

    private byte[] request(String method, String target, String... more) {
      String path = target.startsWith("http") ? target.substring(target.indexOf('/', 8)) : target;
      var text = new StringBuilder(method).append(' ').append(path).append(" HTTP/1.1\r\n");
      text.append(headers);
      for (String header : more) text.append(header).append("\r\n");
      return text.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    void write(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) channel.write(bytes);
    }

    Response receive() throws IOException {
      String[] head = readHead().split("\r\n");
      int status = Integer.parseInt(head[0].substring(9, 12));
      String location = "";
      long length = 0;
      boolean chunked = false;
      for (String line : head) {
        int colon = line.indexOf(':');
        if (colon < 0) continue;
        String value = line.substring(colon + 1).trim();
        switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
          case "location" -> location = value;
          case "content-length" -> length = Long.parseLong(value);
          case "transfer-encoding" -> chunked = true;
          default -> {}
        }
      }
      var text = new StringBuilder();
      long read = chunked ? skipChunks(text) : skip(length, text);
      return new Response(status, location, read, text.toString());
    }

    private String readHead() throws IOException {
      var head = new StringBuilder(512);
      for (int ends = 0; ends < 2; ) {
        char c = (char) next();
        head.append(c);
        if (c == '\n') ends++;
        else if (c != '\r') ends = 0;
      }
      return head.toString();
    }

    private long skipChunks(StringBuilder text) throws IOException {
      long total = 0;
      while (true) {
        var line = new StringBuilder();
        for (byte b = next(); b != '\n'; b = next()) line.append((char) b);
        long length = Long.parseLong(line.toString().trim().split(";")[0], 16);
        total += skip(length, text);
        skip(2, new StringBuilder());
        if (length == 0) return total;
      }
    }

    private long skip(long length, StringBuilder text) throws IOException {
      for (long left = length; left > 0; ) {
        if (!in.hasRemaining()) fill();
        int now = (int) Math.min(left, in.remaining());
        for (int i = 0; i < now && text.length() < ERROR_TEXT; i++) {
          text.append((char) in.get(in.position() + i));
        }
        in.position(in.position() + now);
        left -= now;
      }
      return length;
    }

    private byte next() throws IOException {
      if (!in.hasRemaining()) fill();
      return in.get();
    }

    private void fill() throws IOException {
      in.clear();
      if (channel.read(in) < 0) throw new EOFException("the server closed the connection");
      in.flip();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  // -- running and counting ---------------------------------------------------------------------

  private interface Step<T> {
    void run(T own, int number) throws Exception;
  }

  private record Times(long[] nanos, double seconds) {
    String summary(String unit) {
      long[] sorted = nanos.clone();
      Arrays.sort(sorted);
      return "rate=%.1f unit=%s p50_ms=%.2f p99_ms=%.2f max_ms=%.2f"
          .formatted(
              nanos.length / seconds,
              unit,
              sorted[sorted.length / 2] / 1e6,
              sorted[(int) (sorted.length * 0.99)] / 1e6,
              sorted[sorted.length - 1] / 1e6);
    }
  }

  /**
   * Runs {@code step} {@code count} times on {@code threads}, each of which has its own {@code T}.
   */
  private static <T> Times timed(int count, int threads, Callable<T> own, Step<T> step)
      throws Exception {
    long[] nanos = new long[count];
    var left = new AtomicInteger(count);
    var prepared = new CountDownLatch(threads);
    var start = new CountDownLatch(1);
    List<FutureTask<Void>> tasks = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      var task =
          new FutureTask<Void>(
              () -> {
                T mine;
                try {
                  mine = own.call();
                } finally {
                  prepared.countDown();
                }
                start.await();
                try {
                  for (int i = left.decrementAndGet(); i >= 0; i = left.decrementAndGet()) {
                    long begun = System.nanoTime();
                    step.run(mine, i);
                    nanos[i] = System.nanoTime() - begun;
                  }
                } finally {
                  if (mine instanceof AutoCloseable closeable) closeable.close();
                }
                return null;
              });
      tasks.add(task);
      Thread.ofPlatform().daemon().start(task);
    }
    prepared.await();
    long started = System.nanoTime();
    start.countDown();
    for (var task : tasks) task.get();
    return new Times(nanos, (System.nanoTime() - started) / 1e9);
  }

  /** {@code --name value} pairs. */
  private record Options(Map<String, String> values) {
    static Options parse(String[] arguments) {
      Map<String, String> values = new HashMap<>();
      for (int i = 0; i + 1 < arguments.length; i += 2) {
        if (!arguments[i].startsWith("--")) throw new IllegalArgumentException(arguments[i]);
        values.put(arguments[i].substring(2), arguments[i + 1]);
      }
      return new Options(values);
    }

    String text(String name, String otherwise) {
      return values.getOrDefault(name, otherwise);
    }

    String text(String name) {
      String value = values.get(name);
      if (value == null) throw new IllegalArgumentException("--" + name + " is missing");
      return value;
    }

    int number(String name, int otherwise) {
      return Integer.parseInt(text(name, Integer.toString(otherwise)));
    }

    /** The secret comes by environment, so that no process list shows it. */
    String headers() {
      String secret = System.getenv("GANTRY_SECRET");
      if (secret == null || secret.isEmpty()) return "";
      String basic =
          Base64.getEncoder().encodeToString(("bench:" + secret).getBytes(StandardCharsets.UTF_8));
      return "Authorization: Basic " + basic + "\r\nX-Auth-Token: " + secret + "\r\n";
    }
  }
}
