package io.gantry.rest;

/** Which methods a path of the published APIs has, as the header {@code Allow} lists them. */
final class AllowedMethods {
  private static final String COLLECTION = "GET, POST";
  private static final String ITEM = "GET, PATCH, DELETE";

  private AllowedMethods() {}

  /** The methods of a path that a request was refused on for its method. */
  static String of(String path) {
    return path.startsWith("/registry/")
        ? ofRegistry(path.split("/", -1), segments("/registry/v1/regions/{region}"))
        : ofIdentity(path.split("/", -1), segments("/iam/v1alpha1"));
  }

  private static String ofRegistry(String[] segments, int before) {
    int depth = segments.length - before;
    if (depth < 1) return "";
    String noun = segments[before];
    return switch (depth) {
      case 1 -> noun.equals("namespaces") ? COLLECTION : "GET";
      case 2 -> noun.equals("tags") ? "GET, DELETE" : ITEM;
      default -> "GET";
    };
  }

  private static String ofIdentity(String[] segments, int before) {
    int depth = segments.length - before;
    if (depth < 1) return "";
    return switch (segments[before]) {
      case "rules" -> "GET, PUT";
      case "permission-sets" -> "GET";
      default -> depth == 1 ? COLLECTION : ITEM;
    };
  }

  private static int segments(String prefix) {
    return prefix.split("/", -1).length;
  }
}
