import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * As little of an HTTP/2 connection (RFC 9113, without TLS) as it takes to send the same unary call
 * again and again, one at a time: header fields are literals, so that there is no compression state
 * to keep, and those of answers are not read.
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

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private int stream = -1;
  private int unacknowledged;

  Http2(URI server) throws IOException {
    socket = new Socket(server.getHost(), server.getPort());
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream(), 1 << 16));
    out = new DataOutputStream(new java.io.BufferedOutputStream(socket.getOutputStream(), 1 << 16));
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    frame(SETTINGS, 0, 0, new byte[0]);
    out.flush();
  }

  /** A block of header fields, from names and values by turns. */
  static byte[] headers(String... fields) {
    var block = new ByteArrayOutputStream();
    for (int i = 0; i < fields.length; i += 2) {
      block.write(0); // a literal that is not to be remembered, with a new name
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

  /** Sends one request and returns the data of its answer, without reading its status. */
  byte[] call(byte[] headers, byte[] data) throws IOException {
    stream += 2;
    frame(HEADERS, END_HEADERS, stream, headers);
    frame(DATA, END_STREAM, stream, data);
    out.flush();
    var answer = new ByteArrayOutputStream();
    while (true) {
      int lengthAndType = in.readInt();
      int length = lengthAndType >>> 8;
      int flags = in.readUnsignedByte();
      int about = in.readInt();
      byte[] payload = in.readNBytes(length);
      switch (lengthAndType & 0xff) {
        case DATA -> {
          answer.writeBytes(payload);
          acknowledge(length);
        }
        case SETTINGS -> acknowledge(SETTINGS, flags, new byte[0]);
        case PING -> acknowledge(PING, flags, payload);
        case RESET, GO_AWAY -> throw new IOException("the server ended the call");
        default -> {}
      }
      boolean carriesEnd = (lengthAndType & 0xff) <= HEADERS;
      if (about == stream && carriesEnd && (flags & END_STREAM) != 0) return answer.toByteArray();
    }
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
    if ((flags & ACK) != 0) return;
    frame(type, ACK, 0, payload);
    out.flush();
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
