package io.gantry.oci.blob;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a {@code Range} header asks of a blob, RFC 9110 §14.2. */
sealed interface AskedRanges {
  /** Parts that one answer has at most. Beyond, a server may answer everything, and this does. */
  int MAX_PARTS = 16;

  /** Everything: no range, one in another unit, one that cannot be read, or too many parts. */
  record Whole() implements AskedRanges {}

  /** Ranges in order, none of which touches another; their bytes are no more than the blob's. */
  record Parts(List<ByteRange> ranges) implements AskedRanges {
    public Parts {
      ranges = List.copyOf(ranges);
    }
  }

  /** Ranges that no byte of the blob is in. */
  record Unsatisfiable() implements AskedRanges {}

  /** Reads a header; what is outside a blob of {@code size} bytes is left away. */
  static AskedRanges parse(Optional<String> header, long size) {
    return header.flatMap(Specifiers::split).map(s -> of(s, size)).orElseGet(Whole::new);
  }

  private static AskedRanges of(List<String> specifiers, long size) {
    List<ByteRange> inside = new ArrayList<>();
    for (String specifier : specifiers) {
      Matcher matcher = Specifiers.ONE.matcher(specifier);
      if (!matcher.matches() || specifier.equals("-")) return new Whole();
      range(matcher.group(1), matcher.group(2), size).ifPresent(inside::add);
    }
    if (inside.isEmpty()) return new Unsatisfiable();
    List<ByteRange> merged = merged(inside);
    return merged.size() > MAX_PARTS ? new Whole() : new Parts(merged);
  }

  /** Empty if it has no byte of the blob; so has one that ends before it begins. */
  private static Optional<ByteRange> range(String first, String last, long size) {
    long from = first.isEmpty() ? Math.max(0, size - position(last)) : position(first);
    long to = first.isEmpty() || last.isEmpty() ? size - 1 : Math.min(position(last), size - 1);
    return from > to ? Optional.empty() : Optional.of(new ByteRange(from, to));
  }

  /** A number too large for any blob is one beyond its end. */
  private static long position(String digits) {
    return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
  }

  private static List<ByteRange> merged(List<ByteRange> ranges) {
    List<ByteRange> merged = new ArrayList<>();
    for (ByteRange range :
        ranges.stream().sorted(Comparator.comparingLong(ByteRange::first)).toList()) {
      if (merged.isEmpty() || !merged.getLast().touches(range)) merged.add(range);
      else merged.add(merged.removeLast().plus(range));
    }
    return merged;
  }

  /** The texts between the commas. */
  final class Specifiers {
    private static final int MAX_LENGTH = 4096;
    private static final String UNIT = "bytes=";
    private static final Pattern ONE = Pattern.compile("(\\d*)-(\\d*)");

    private Specifiers() {}

    private static Optional<List<String>> split(String header) {
      String text = header.strip();
      if (text.length() > MAX_LENGTH || !text.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
        return Optional.empty();
      }
      List<String> specifiers = new ArrayList<>();
      for (String specifier : text.substring(UNIT.length()).split(",", -1)) {
        // RFC 9110 §5.6.1: empty elements of a list are passed over.
        if (!specifier.isBlank()) specifiers.add(specifier.strip());
      }
      return specifiers.isEmpty() ? Optional.empty() : Optional.of(specifiers);
    }
  }
}
