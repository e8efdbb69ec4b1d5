package io.gantry.domain.blob;

/** A number of bytes, never negative. */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
  public static final ByteSize ZERO = new ByteSize(0);

  public ByteSize {
    if (bytes < 0) throw new IllegalArgumentException("negative size: " + bytes);
  }

  public ByteSize plus(long more) {
    return new ByteSize(Math.addExact(bytes, more));
  }

  @Override
  public int compareTo(ByteSize other) {
    return Long.compare(bytes, other.bytes);
  }

  @Override
  public String toString() {
    return bytes + " B";
  }
}
