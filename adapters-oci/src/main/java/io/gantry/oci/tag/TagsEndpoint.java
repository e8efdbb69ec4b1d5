package io.gantry.oci.tag;

import static io.gantry.domain.error.RegistryException.badFormat;

import io.gantry.application.tag.ListTagNames;
import io.gantry.application.tag.ListTagNames.Slice;
import io.gantry.domain.tag.TagName;
import io.gantry.oci.OciLimits;
import io.gantry.oci.OciRequest;
import io.gantry.oci.OciResponses;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.List;
import java.util.Optional;

/** OCI Distribution end-8: the names of a repository's tags, in bytewise order, by pages. */
@Singleton
public final class TagsEndpoint {
  private static final int MAX_LAST = 128;

  private final ListTagNames listTagNames;
  private final OciResponses responses;
  private final OciLimits limits;

  TagsEndpoint(ListTagNames listTagNames, OciResponses responses, OciLimits limits) {
    this.listTagNames = listTagNames;
    this.responses = responses;
    this.limits = limits;
  }

  /** Asking for more than a page holds gives a full page and the link to the next. */
  public Response list(OciRequest request) {
    int limit = request.query("n").map(this::parseCount).orElse(limits.tagsPerPage());
    Optional<String> last = request.query("last").map(TagsEndpoint::checkLast);
    Slice slice =
        listTagNames.handle(request.caller(), request.region(), request.repository(), last, limit);
    List<String> names = slice.names().stream().map(TagName::value).toList();
    ResponseBuilder response = OciResponses.status(200);
    if (slice.more()) {
      String next = request.path("/tags/list?n=" + limit + "&last=" + names.getLast());
      response.header(HttpHeaders.LINK, "<" + next + ">; rel=\"next\"");
    }
    return responses
        .withJson(response, new TagListBody(request.repository().toString(), names))
        .build();
  }

  private int parseCount(String text) {
    if (!text.matches("\\d{1,18}")) throw badFormat("n", "must be a number, 0 or greater");
    return (int) Math.min(Long.parseLong(text), limits.tagsPerPage());
  }

  private static String checkLast(String text) {
    if (text.length() > MAX_LAST || text.indexOf('\0') >= 0) {
      throw badFormat("last", "must be the last tag of the page before");
    }
    return text;
  }
}
