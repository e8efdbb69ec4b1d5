package io.gantry.grpc.call;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a call may take: what its metadata says in {@code grpc-timeout}, within a limit. */
final class Timeout {
  /** However long the client would wait; also for a request that never arrives whole. */
  static final Duration LIMIT = Duration.ofSeconds(60);

  static final String HEADER = "grpc-timeout";

  /** "TimeoutValue TimeoutUnit" of the gRPC-over-HTTP/2 specification. */
  private static final Pattern GRAMMAR = Pattern.compile("[0-9]{1,8}[HMSmun]");

  private Timeout() {}

  /** What the header says; the limit if there is none, or none that can be read. */
  static Duration of(@Nullable String header) {
    Duration wanted = parse(header);
    return wanted.compareTo(LIMIT) < 0 ? wanted : LIMIT;
  }

  private static Duration parse(@Nullable String text) {
    if (text == null || !GRAMMAR.matcher(text).matches()) return LIMIT;
    long value = Long.parseLong(text, 0, text.length() - 1, 10);
    return switch (text.charAt(text.length() - 1)) {
      case 'H' -> Duration.ofHours(value);
      case 'M' -> Duration.ofMinutes(value);
      case 'S' -> Duration.ofSeconds(value);
      case 'm' -> Duration.ofMillis(value);
      case 'u' -> Duration.ofNanos(value * 1000);
      default -> Duration.ofNanos(value);
    };
  }
}
