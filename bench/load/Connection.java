import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * A bare HTTP/1.1 connection. Kept alive; one request at a time. Bodies of answers are counted and thrown away.
 */
final class Connection implements AutoCloseable {
  private static final int ERROR_TEXT = 500;

  private final SocketChannel channel;
  private final String headers;
  private final ByteBuffer out = ByteBuffer.allocateDirect(64 << 10);
  private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 20).flip();

  Connection(URI server, String headers) throws IOException {
    channel = SocketChannel.open(new InetSocketAddress(server.getHost(), server.getPort()));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    this.headers = "Host: " + server.getAuthority() + "\r\n" + headers;
  }

  /** Sends a request that fits one packet train, and waits for its answer. */
  Response send(String method, String target, ByteBuffer body, String... more)
      throws IOException {
    out.clear();
    String[] all = Arrays.copyOf(more, more.length + 1);
    all[more.length] = "Content-Length: " + body.remaining();
    out.put(request(method, target, all));
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
    return receive(true);
  }

  /** The answer to a HEAD: its {@code Content-Length} is that of a body which does not come. */
  Response receiveHead() throws IOException {
    return receive(false);
  }

  private Response receive(boolean hasBody) throws IOException {
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
    long read = !hasBody ? 0 : chunked ? skipChunks(text) : skip(length, text);
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
