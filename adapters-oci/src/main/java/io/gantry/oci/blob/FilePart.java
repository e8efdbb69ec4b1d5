package io.gantry.oci.blob;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Some bytes of an open file, which it leaves open. A file that has fewer is an error. */
final class FilePart extends InputStream {
  private final FileChannel file;
  private long position;
  private long left;

  FilePart(FileChannel file, long offset, long length) {
    this.file = file;
    this.position = offset;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (left == 0) return -1;
    int wanted = (int) Math.min(length, left);
    int count = file.read(ByteBuffer.wrap(into, offset, wanted), position);
    if (count < 0) throw new EOFException(left + " bytes are missing of a stored blob");
    position += count;
    left -= count;
    return count;
  }
}
