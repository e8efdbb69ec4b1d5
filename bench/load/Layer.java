import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Random bytes, one MiB repeated with a stamp at each start, so that no part equals another. */
final class Layer {
  private static final int MIB = 1 << 20;

  /** What docker puts into one chunk of a chunked PATCH. */
  private static final int DOCKER_CHUNK = 32 << 10;

  private final int mebibytes;
  private final byte[] block = new byte[MIB];

  Layer(int mebibytes) {
    this.mebibytes = mebibytes;
    Content.random().nextBytes(block);
  }

  long length() {
    return (long) mebibytes * MIB;
  }

  String digest() {
    var sha256 = Content.sha256();
    for (int i = 0; i < mebibytes; i++) sha256.update(Content.stamped(block, i));
    return "sha256:" + HexFormat.of().formatHex(sha256.digest());
  }

  void sendPlain(Connection connection) throws IOException {
    sendPlain(connection, 0, mebibytes);
  }

  /** The mebibytes from {@code from} to {@code to}, exclusively. */
  void sendPlain(Connection connection, int from, int to) throws IOException {
    var buffer = ByteBuffer.allocateDirect(MIB).put(block);
    for (int i = from; i < to; i++) connection.write(buffer.putInt(0, i).rewind());
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
