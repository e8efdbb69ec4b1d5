package io.gantry.grpc.call;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Names a call in its answer and in the log. Unlike others, to be sure, but not hard to guess. */
final class RequestId {
  private static final long VERSION = 4L << 12;
  private static final long VARIANT = 2L << 62;

  private RequestId() {}

  /** A new one, in the form of a random UUID (RFC 9562, section 5.4). */
  static String next() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = (random.nextLong() & ~0xf000L) | VERSION;
    long low = (random.nextLong() >>> 2) | VARIANT;
    return new UUID(high, low).toString();
  }
}
