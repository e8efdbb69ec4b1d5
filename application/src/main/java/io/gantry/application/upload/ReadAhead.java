package io.gantry.application.upload;

import io.gantry.application.upload.ChunkBody.Begun;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A body that was read into memory because it may be small.
 *
 * @param whole all of it, if it was small
 * @param body the same from its beginning; what was not read yet follows, or why it ended early.
 *     The buffer goes with it, so that a body never has one to be read ahead into beside the one
 *     that it is stored from
 */
record ReadAhead(Optional<byte[]> whole, ChunkBody body) {
  /** Enough for most configurations and many layers, so that they are not moved. */
  private static final int FIRST_BYTES = 16 * 1024;

  /**
   * Whether a body may have {@code most} bytes or fewer: one of unknown length may. A chunk that
   * says where it belongs is looked at before its bytes are, and one without bytes needs no looking
   * at.
   */
  static boolean isWorthwhile(ChunkBody body, int most) {
    long known = body.length().orElse(1);
    return body.range().isEmpty() && known > 0 && known <= most;
  }

  /** Reads a body to its end, or until it is seen to have more than {@code most} bytes. */
  static ReadAhead of(ChunkBody body, int most) {
    // One more than is expected, for the read that finds the end.
    byte[] bytes = new byte[Math.toIntExact(body.length().orElse(FIRST_BYTES)) + 1];
    int filled = 0;
    while (filled <= most) {
      if (filled == bytes.length) bytes = larger(bytes, most);
      try {
        int count = body.stream().read(bytes, filled, bytes.length - filled);
        if (count < 0) return whole(Arrays.copyOf(bytes, filled));
        filled += count;
      } catch (IOException e) {
        return begun(bytes, filled, new Cut(e));
      }
    }
    return begun(bytes, filled, body.stream());
  }

  private static byte[] larger(byte[] bytes, int most) {
    return Arrays.copyOf(bytes, Math.min(2 * bytes.length, most + 1));
  }

  private static ReadAhead whole(byte[] bytes) {
    return new ReadAhead(Optional.of(bytes), ChunkBody.of(bytes));
  }

  private static ReadAhead begun(byte[] bytes, int count, InputStream rest) {
    Begun begun = new Begun(bytes, count);
    return new ReadAhead(
        Optional.empty(),
        new ChunkBody(rest, OptionalLong.empty(), Optional.empty(), Optional.of(begun)));
  }

  /** The rest of a body that was cut off. */
  private static final class Cut extends InputStream {
    private final IOException cause;

    Cut(IOException cause) {
      this.cause = cause;
    }

    @Override
    public int read() throws IOException {
      throw cause;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      throw cause;
    }
  }
}
