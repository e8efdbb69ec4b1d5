package io.gantry.oci.paging;

import static io.gantry.domain.error.RegistryException.badFormat;

import io.gantry.oci.OciRequest;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Which part of a list of names is asked for, OCI Distribution "Listing Tags". Asking for more than
 * a page holds gives a full page and the link to the next.
 *
 * @param limit how many names at most
 * @param last the last name of the page before, if there is one; any text
 */
public record PageQuery(int limit, Optional<String> last) {
  private static final int MAX_LAST = 256;

  /**
   * Reads {@code n} and {@code last}.
   *
   * @param perPage how many names a page holds
   */
  public static PageQuery of(HttpServerRequest http, int perPage) {
    int limit = first(http, "n").map(n -> parseCount(n, perPage)).orElse(perPage);
    return new PageQuery(limit, first(http, "last").map(PageQuery::checkLast));
  }

  /** Adds the link to the next page of {@code path} if there is more than these names. */
  public ResponseBuilder linkTo(
      ResponseBuilder response, String path, boolean more, List<String> names) {
    if (!more) return response;
    String next = path + "?n=" + limit + "&last=" + encode(names.getLast());
    return response.header(HttpHeaders.LINK, "<" + next + ">; rel=\"next\"");
  }

  private static Optional<String> first(HttpServerRequest http, String name) {
    return OciRequest.queries(http, name).stream().findFirst();
  }

  private static int parseCount(String text, int perPage) {
    if (!text.matches("\\d{1,18}")) throw badFormat("n", "must be a number, 0 or greater");
    return (int) Math.min(Long.parseLong(text), perPage);
  }

  private static String checkLast(String text) {
    if (text.length() > MAX_LAST || text.indexOf('\0') >= 0) {
      throw badFormat("last", "must be the last name of the page before");
    }
    return text;
  }

  private static String encode(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8);
  }
}
