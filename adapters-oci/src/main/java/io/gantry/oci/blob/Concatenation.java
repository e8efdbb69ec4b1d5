package io.gantry.oci.blob;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * Streams one after the other, each opened when it is its turn. The JDK's own opens those that are
 * left only to close them.
 */
final class Concatenation extends InputStream {
  private final Queue<Supplier<InputStream>> following;
  private final Closeable after;
  private InputStream current = nullInputStream();

  /**
   * What {@code following} opens.
   *
   * @param after closed with this
   */
  Concatenation(Queue<Supplier<InputStream>> following, Closeable after) {
    this.following = following;
    this.after = after;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) return 0;
    while (true) {
      int count = current.read(into, offset, length);
      if (count >= 0) return count;
      current.close();
      Supplier<InputStream> next = following.poll();
      if (next == null) return -1;
      current = next.get();
    }
  }

  @Override
  public void close() throws IOException {
    try (after) {
      current.close();
    }
  }
}
