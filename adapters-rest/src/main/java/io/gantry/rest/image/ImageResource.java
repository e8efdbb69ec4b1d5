package io.gantry.rest.image;

import static io.gantry.domain.error.RegistryException.notAllowed;

import io.gantry.application.image.DeleteImage;
import io.gantry.application.image.GetImage;
import io.gantry.application.image.ListImages;
import io.gantry.application.image.UpdateImage;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.ImageOrder;
import io.gantry.domain.image.Visibility;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.Region;
import io.gantry.rest.Exchange;
import io.gantry.rest.QueryParameters;
import io.gantry.rest.RequestBody;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** The operations on images. */
@Path("/registry/v1/regions/{region}")
@RunOnVirtualThread
public final class ImageResource {
  private final Exchange exchange;
  private final ListImages list;
  private final GetImage get;
  private final UpdateImage update;
  private final DeleteImage delete;

  ImageResource(
      Exchange exchange, ListImages list, GetImage get, UpdateImage update, DeleteImage delete) {
    this.exchange = exchange;
    this.list = list;
    this.get = get;
    this.update = update;
    this.delete = delete;
  }

  @GET
  @Path("/images")
  public Response list(@Context HttpServerRequest request, @PathParam("region") String region) {
    return exchange.answer(
        request,
        region,
        (caller, in) ->
            ImageListBody.from(
                list.handle(caller, query(in, new QueryParameters(request.query())))));
  }

  @GET
  @Path("/images/{id}")
  public Response get(
      @Context HttpServerRequest request,
      @PathParam("region") String region,
      @PathParam("id") String id) {
    return exchange.answer(
        request, region, (caller, in) -> ImageBody.from(get.handle(caller, in, ImageId.parse(id))));
  }

  @PATCH
  @Path("/images/{id}")
  public Response update(
      @Context HttpServerRequest request,
      @PathParam("region") String region,
      @PathParam("id") String id,
      InputStream body) {
    return exchange.answer(
        request,
        region,
        (caller, in) ->
            ImageBody.from(
                update.handle(caller, change(in, ImageId.parse(id), exchange.body(body)))));
  }

  @DELETE
  @Path("/images/{id}")
  public Response delete(
      @Context HttpServerRequest request,
      @PathParam("region") String region,
      @PathParam("id") String id) {
    return exchange.answer(
        request,
        region,
        (caller, in) -> ImageBody.from(delete.handle(caller, in, ImageId.parse(id))));
  }

  private static ListImages.Query query(Region region, QueryParameters parameters) {
    return new ListImages.Query(
        region,
        parameters.organizationId(),
        parameters.projectId(),
        parameters.value("namespace_id", NamespaceId::parse),
        parameters.name(),
        parameters.orderBy(ImageOrder.class),
        parameters.page());
  }

  private static UpdateImage.Command change(Region region, ImageId id, RequestBody body) {
    return new UpdateImage.Command(
        region,
        id,
        body.text("visibility").filter(text -> !text.isEmpty()).map(ImageResource::visibility));
  }

  private static Visibility visibility(String text) {
    return switch (text) {
      case "inherit" -> Visibility.INHERIT;
      case "public" -> Visibility.PUBLIC;
      case "private" -> Visibility.PRIVATE;
      default -> throw notAllowed("visibility", "must be inherit, public or private");
    };
  }
}
