package io.gantry.bootstrap.accesstable;

import java.util.List;
import java.util.Map;

/**
 * A line of the document: what all columns say of some routes of one face.
 *
 * @param face the heading of the column that names the routes
 * @param routes methods with a path, or the full name of a gRPC method
 * @param withToken whether only calls with a token of the token service are meant
 * @param seen the visibilities it is about; one that does not matter if there are none
 * @param cells by caller, {@code <status>} or {@code <status> <what the answer shows>}
 */
record Row(
    Face face, List<Route> routes, boolean withToken, List<Seen> seen, Map<Who, String> cells) {
  Row {
    routes = List.copyOf(routes);
    seen = List.copyOf(seen);
    cells = Map.copyOf(cells);
  }

  /** The ways in. */
  enum Face {
    REST,
    GRPC,
    OCI
  }

  /**
   * One method on one path, with its places not filled in.
   *
   * @param method of HTTP; empty for gRPC
   * @param path with the query; a method's full name for gRPC
   * @param operation of the same line, what REST calls it; empty if there is none
   */
  record Route(String method, String path, String operation) {
    String pathWithoutQuery() {
      int query = path.indexOf('?');
      return query < 0 ? path : path.substring(0, query);
    }
  }

  /** The visibilities to try; any will do where it does not matter. */
  List<Seen> toTry() {
    return seen.isEmpty() ? List.of(Seen.PRIVATE) : seen;
  }
}
