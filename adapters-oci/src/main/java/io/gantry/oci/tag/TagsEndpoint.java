package io.gantry.oci.tag;

import io.gantry.application.tag.ListTagNames;
import io.gantry.application.tag.ListTagNames.Slice;
import io.gantry.domain.tag.TagName;
import io.gantry.oci.OciLimits;
import io.gantry.oci.OciRequest;
import io.gantry.oci.OciResponses;
import io.gantry.oci.paging.PageQuery;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.List;

/** OCI Distribution end-8: the names of a repository's tags, in bytewise order, by pages. */
@Singleton
public final class TagsEndpoint {
  private final ListTagNames listTagNames;
  private final OciResponses responses;
  private final OciLimits limits;

  TagsEndpoint(ListTagNames listTagNames, OciResponses responses, OciLimits limits) {
    this.listTagNames = listTagNames;
    this.responses = responses;
    this.limits = limits;
  }

  public Response list(OciRequest request) {
    PageQuery page = PageQuery.of(request.http(), limits.tagsPerPage());
    Slice slice =
        listTagNames.handle(
            request.caller(), request.region(), request.repository(), page.last(), page.limit());
    List<String> names = slice.names().stream().map(TagName::value).toList();
    ResponseBuilder response =
        page.linkTo(OciResponses.status(200), request.path("/tags/list"), slice.more(), names);
    return responses
        .withJson(response, new TagListBody(request.repository().toString(), names))
        .build();
  }
}
