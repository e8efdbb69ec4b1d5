package io.gantry.oci.blob;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a blob, RFC 9110 "Range" with one range.
 *
 * @param first position of the first byte
 * @param last position of the last byte, inclusive
 */
record ByteRange(long first, long last) {
  private static final Pattern ONE =
      Pattern.compile("bytes=(\\d*)-(\\d*)", Pattern.CASE_INSENSITIVE);

  /** What a {@code Range} header asks of a blob. */
  sealed interface Asked {
    /** Everything: no range, several, or one in another unit. */
    record Whole() implements Asked {}

    record Part(ByteRange range) implements Asked {}

    /** A range that no byte of the blob is in. */
    record Unsatisfiable() implements Asked {}
  }

  static Asked parse(Optional<String> header, long size) {
    if (header.isEmpty() || header.get().length() > 64) return new Asked.Whole();
    Matcher matcher = ONE.matcher(header.get().strip());
    if (!matcher.matches()) return new Asked.Whole();
    String first = matcher.group(1);
    String last = matcher.group(2);
    if (first.isEmpty() && last.isEmpty()) return new Asked.Whole();
    if (first.isEmpty()) return suffix(position(last), size);
    long from = position(first);
    long to = last.isEmpty() ? size - 1 : Math.min(position(last), size - 1);
    return from > to ? new Asked.Unsatisfiable() : new Asked.Part(new ByteRange(from, to));
  }

  /** A number too large for any blob is one beyond its end. */
  private static long position(String digits) {
    return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
  }

  private static Asked suffix(long count, long size) {
    if (count == 0 || size == 0) return new Asked.Unsatisfiable();
    return new Asked.Part(new ByteRange(Math.max(0, size - count), size - 1));
  }

  long length() {
    return last - first + 1;
  }

  String contentRange(long size) {
    return "bytes " + first + "-" + last + "/" + size;
  }
}
