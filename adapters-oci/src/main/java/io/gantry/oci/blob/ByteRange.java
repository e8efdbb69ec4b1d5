package io.gantry.oci.blob;

/**
 * A part of a blob.
 *
 * @param first position of the first byte
 * @param last position of the last byte, inclusive
 */
record ByteRange(long first, long last) {

  long length() {
    return last - first + 1;
  }

  /** What a {@code Content-Range} header says, RFC 9110 §14.4, of a blob of {@code size} bytes. */
  String contentRange(long size) {
    return "bytes " + first + "-" + last + "/" + size;
  }

  /** Whether the two have a byte in common, or one begins where the other ends. */
  boolean touches(ByteRange other) {
    return first <= other.last + 1 && other.first <= last + 1;
  }

  /** The smallest range that holds both. */
  ByteRange plus(ByteRange other) {
    return new ByteRange(Math.min(first, other.first), Math.max(last, other.last));
  }
}
