package io.gantry.rest.namespace;

import io.gantry.application.access.Regions;
import io.gantry.application.namespace.CreateNamespace;
import io.gantry.application.namespace.DeleteNamespace;
import io.gantry.application.namespace.GetNamespace;
import io.gantry.application.namespace.ListNamespaces;
import io.gantry.application.namespace.Owner;
import io.gantry.application.namespace.UpdateNamespace;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.NamespaceName;
import io.gantry.domain.namespace.NamespaceOrder;
import io.gantry.domain.namespace.Region;
import io.gantry.rest.Exchange;
import io.gantry.rest.QueryParameters;
import io.gantry.rest.RequestBody;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** The operations on namespaces. */
@Path("/registry/v1/regions/{region}")
@RunOnVirtualThread
public final class NamespaceResource {
  private final Exchange exchange;
  private final Regions regions;
  private final ListNamespaces list;
  private final CreateNamespace create;
  private final GetNamespace get;
  private final UpdateNamespace update;
  private final DeleteNamespace delete;

  NamespaceResource(
      Exchange exchange,
      Regions regions,
      ListNamespaces list,
      CreateNamespace create,
      GetNamespace get,
      UpdateNamespace update,
      DeleteNamespace delete) {
    this.exchange = exchange;
    this.regions = regions;
    this.list = list;
    this.create = create;
    this.get = get;
    this.update = update;
    this.delete = delete;
  }

  @GET
  @Path("/namespaces")
  public Response list(@Context HttpServerRequest request, @PathParam("region") String region) {
    return exchange.answer(
        request,
        region,
        (caller, in) ->
            NamespaceListBody.from(
                list.handle(caller, query(in, new QueryParameters(request.query()))), regions));
  }

  @POST
  @Path("/namespaces")
  public Response create(
      @Context HttpServerRequest request, @PathParam("region") String region, InputStream body) {
    return exchange.answer(
        request,
        region,
        (caller, in) ->
            NamespaceBody.from(create.handle(caller, creation(in, exchange.body(body))), regions));
  }

  @GET
  @Path("/namespaces/{id}")
  public Response get(
      @Context HttpServerRequest request,
      @PathParam("region") String region,
      @PathParam("id") String id) {
    return exchange.answer(
        request,
        region,
        (caller, in) -> NamespaceBody.from(get.handle(caller, in, NamespaceId.parse(id)), regions));
  }

  @PATCH
  @Path("/namespaces/{id}")
  public Response update(
      @Context HttpServerRequest request,
      @PathParam("region") String region,
      @PathParam("id") String id,
      InputStream body) {
    return exchange.answer(
        request,
        region,
        (caller, in) ->
            NamespaceBody.from(
                update.handle(caller, change(in, NamespaceId.parse(id), exchange.body(body))),
                regions));
  }

  @DELETE
  @Path("/namespaces/{id}")
  public Response delete(
      @Context HttpServerRequest request,
      @PathParam("region") String region,
      @PathParam("id") String id) {
    return exchange.answer(
        request,
        region,
        (caller, in) ->
            NamespaceBody.from(delete.handle(caller, in, NamespaceId.parse(id)), regions));
  }

  private static ListNamespaces.Query query(Region region, QueryParameters parameters) {
    return new ListNamespaces.Query(
        region,
        parameters.organizationId(),
        parameters.projectId(),
        parameters.name(),
        parameters.orderBy(NamespaceOrder.class),
        parameters.page());
  }

  private static CreateNamespace.Command creation(Region region, RequestBody body) {
    return new CreateNamespace.Command(
        region,
        new NamespaceName(body.text("name").orElse("")),
        body.text("description").orElse(""),
        Owner.parse(body.text("project_id").orElse(""), body.text("organization_id").orElse("")),
        body.flag("is_public").orElse(false));
  }

  private static UpdateNamespace.Command change(Region region, NamespaceId id, RequestBody body) {
    return new UpdateNamespace.Command(
        region, id, body.text("description"), body.flag("is_public"));
  }
}
