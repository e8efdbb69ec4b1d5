package io.gantry.rest.tag;

import io.gantry.application.tag.DeleteTag;
import io.gantry.application.tag.DeleteTag.Siblings;
import io.gantry.application.tag.GetTag;
import io.gantry.application.tag.ListTags;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.tag.TagId;
import io.gantry.domain.tag.TagOrder;
import io.gantry.rest.Exchange;
import io.gantry.rest.QueryParameters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** The operations on tags. */
@Path("/registry/v1/regions/{region}")
@RunOnVirtualThread
public final class TagResource {
  private final Exchange exchange;
  private final ListTags list;
  private final GetTag get;
  private final DeleteTag delete;

  TagResource(Exchange exchange, ListTags list, GetTag get, DeleteTag delete) {
    this.exchange = exchange;
    this.list = list;
    this.get = get;
    this.delete = delete;
  }

  @GET
  @Path("/images/{id}/tags")
  public Response list(
      @Context HttpServerRequest request,
      @PathParam("region") String region,
      @PathParam("id") String image) {
    return exchange.answer(
        request,
        region,
        (caller, in) ->
            TagListBody.from(
                list.handle(
                    caller,
                    query(in, ImageId.parse(image), new QueryParameters(request.query())))));
  }

  @GET
  @Path("/tags/{id}")
  public Response get(
      @Context HttpServerRequest request,
      @PathParam("region") String region,
      @PathParam("id") String id) {
    return exchange.answer(
        request, region, (caller, in) -> TagBody.from(get.handle(caller, in, TagId.parse(id))));
  }

  @DELETE
  @Path("/tags/{id}")
  public Response delete(
      @Context HttpServerRequest request,
      @PathParam("region") String region,
      @PathParam("id") String id) {
    return exchange.answer(
        request,
        region,
        (caller, in) ->
            TagBody.deleted(
                delete.handle(
                    caller, in, TagId.parse(id), siblings(new QueryParameters(request.query())))));
  }

  private static Siblings siblings(QueryParameters parameters) {
    return parameters.flag("force") ? Siblings.KEEP : Siblings.REFUSE;
  }

  private static ListTags.Query query(Region region, ImageId image, QueryParameters parameters) {
    return new ListTags.Query(
        region, image, parameters.name(), parameters.orderBy(TagOrder.class), parameters.page());
  }
}
