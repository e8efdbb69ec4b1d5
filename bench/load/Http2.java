import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * As little of an HTTP/2 connection (RFC 9113, without TLS) as it takes to send the same unary call
 * again and again, so many at once. One thread does it all: what it has written goes out when there is
 * nothing more to read, so the calls that follow a train of answers leave in one train too. Header
 * fields are remembered by the server, as those of every library are; those of answers are not read.
 */
final class Http2 implements AutoCloseable {
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RESET = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GO_AWAY = 7;
  private static final int WINDOW_UPDATE = 8;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int ACK = 1;

  /** How much may come before the server must hear that it was read, in bytes. */
  private static final int WINDOW = 60_000;

  /** The index of the field that was remembered last (RFC 7541, section 2.3.3). */
  private static final int NEWEST_FIELD = 62;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final Map<Integer, Call> open = new HashMap<>();
  private int stream = -1;
  private int unacknowledged;

  /** One that is under way: its number, and what came of its answer so far. */
  private record Call(int number, ByteArrayOutputStream answer) {}

  /** What is called. */
  record Request(String[] headers, byte[] data) {}

  /** Looks at the data of an answer. */
  interface Check {
    void check(byte[] answer) throws IOException;
  }

  Http2(URI server) throws IOException {
    socket = new Socket(server.getHost(), server.getPort());
    socket.setTcpNoDelay(true);
    out = new DataOutputStream(new java.io.BufferedOutputStream(socket.getOutputStream(), 1 << 16));
    var flushing =
        new FilterInputStream(socket.getInputStream()) {
          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            out.flush();
            return super.read(bytes, offset, length);
          }
        };
    in = new DataInputStream(new java.io.BufferedInputStream(flushing, 1 << 16));
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    frame(SETTINGS, 0, 0, new byte[0]);
    out.flush();
  }

  /** Calls until no step is left, {@code atOnce} at a time, without reading a status. */
  void call(int atOnce, Request request, Times.Steps steps, Check check) throws IOException {
    byte[] headers = firstHeaders(request.headers());
    for (int i = 0; i < atOnce; i++) {
      begin(steps, headers, request.data());
      headers = laterHeaders(request.headers().length / 2);
    }
    while (!open.isEmpty()) {
      int ended = receive();
      if (ended < 0) continue;
      Call call = open.remove(ended);
      check.check(call.answer.toByteArray());
      steps.end(call.number);
      begin(steps, headers, request.data());
    }
  }

  private void begin(Times.Steps steps, byte[] headers, byte[] data) throws IOException {
    int number = steps.begin();
    if (number < 0) return;
    stream += 2;
    open.put(stream, new Call(number, new ByteArrayOutputStream(512)));
    frame(HEADERS, END_HEADERS, stream, headers);
    frame(DATA, END_STREAM, stream, data);
  }

  /** Reads a frame and returns the stream that ends with it; a negative number if none does. */
  private int receive() throws IOException {
    int lengthAndType = in.readInt();
    int length = lengthAndType >>> 8;
    int flags = in.readUnsignedByte();
    int about = in.readInt();
    byte[] payload = in.readNBytes(length);
    switch (lengthAndType & 0xff) {
      case DATA -> {
        open.get(about).answer.writeBytes(payload);
        acknowledge(length);
      }
      case SETTINGS -> acknowledge(SETTINGS, flags, new byte[0]);
      case PING -> acknowledge(PING, flags, payload);
      case RESET, GO_AWAY -> throw new IOException("the server ended the call");
      default -> {}
    }
    boolean carriesEnd = (lengthAndType & 0xff) <= HEADERS;
    return carriesEnd && (flags & END_STREAM) != 0 ? about : -1;
  }

  /** A block of literals that are to be remembered, from names and values by turns. */
  private static byte[] firstHeaders(String[] fields) {
    var block = new ByteArrayOutputStream();
    for (int i = 0; i < fields.length; i += 2) {
      block.write(0x40);
      literal(block, fields[i]);
      literal(block, fields[i + 1]);
    }
    return block.toByteArray();
  }

  private static void literal(ByteArrayOutputStream block, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    if (bytes.length >= 127) throw new IllegalArgumentException("too long: " + text);
    block.write(bytes.length);
    block.writeBytes(bytes);
  }

  /** The same block once the server remembers it: an index for each field. */
  private static byte[] laterHeaders(int count) {
    byte[] block = new byte[count];
    for (int i = 0; i < count; i++) block[i] = (byte) (0x80 | NEWEST_FIELD + count - 1 - i);
    return block;
  }

  private void acknowledge(int length) throws IOException {
    unacknowledged += length;
    if (unacknowledged < WINDOW / 2) return;
    int increment = unacknowledged;
    unacknowledged = 0;
    frame(
        WINDOW_UPDATE,
        0,
        0,
        new byte[] {
          (byte) (increment >> 24), (byte) (increment >> 16), (byte) (increment >> 8), (byte) increment
        });
  }

  private void acknowledge(int type, int flags, byte[] payload) throws IOException {
    if ((flags & ACK) == 0) frame(type, ACK, 0, payload);
  }

  private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
    out.writeInt(payload.length << 8 | type);
    out.writeByte(flags);
    out.writeInt(stream);
    out.write(payload);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
