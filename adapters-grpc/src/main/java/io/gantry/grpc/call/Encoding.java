package io.gantry.grpc.call;

import java.util.Set;

/** How messages may be compressed. */
public final class Encoding {
  /** Names the compression of those messages of a request that are compressed. */
  public static final String HEADER = "grpc-encoding";

  /** What the answers of the server say that it reads. */
  public static final String ACCEPTED_HEADER = "grpc-accept-encoding";

  public static final String IDENTITY = "identity";
  public static final String GZIP = "gzip";

  private static final Set<String> KNOWN = Set.of(IDENTITY, GZIP);

  private Encoding() {}

  public static boolean isKnown(String encoding) {
    return KNOWN.contains(encoding);
  }
}
