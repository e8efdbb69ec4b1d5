package io.gantry.rest;

/** Which methods a path of Registry API v1 has, as the header {@code Allow} lists them. */
final class AllowedMethods {
  private static final int SEGMENTS_BEFORE_NOUN =
      "/registry/v1/regions/{region}".split("/", -1).length;

  private AllowedMethods() {}

  /** The methods of a path that a request was refused on for its method. */
  static String of(String path) {
    String[] segments = path.split("/", -1);
    int depth = segments.length - SEGMENTS_BEFORE_NOUN;
    if (depth < 1) return "";
    String noun = segments[SEGMENTS_BEFORE_NOUN];
    return switch (depth) {
      case 1 -> noun.equals("namespaces") ? "GET, POST" : "GET";
      case 2 -> noun.equals("tags") ? "GET, DELETE" : "GET, PATCH, DELETE";
      default -> "GET";
    };
  }
}
