package io.gantry.rest.iam;

import io.gantry.application.iam.ApplicationOrder;
import io.gantry.application.iam.CreateApplication;
import io.gantry.application.iam.DeleteApplication;
import io.gantry.application.iam.GetApplication;
import io.gantry.application.iam.ListApplications;
import io.gantry.application.iam.UpdateApplication;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.identity.ApplicationId;
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

/** The operations on applications. */
@Path("/iam/v1alpha1/applications")
@RunOnVirtualThread
public final class ApplicationResource {
  private final Exchange exchange;
  private final ListApplications list;
  private final CreateApplication create;
  private final GetApplication get;
  private final UpdateApplication update;
  private final DeleteApplication delete;

  ApplicationResource(
      Exchange exchange,
      ListApplications list,
      CreateApplication create,
      GetApplication get,
      UpdateApplication update,
      DeleteApplication delete) {
    this.exchange = exchange;
    this.list = list;
    this.create = create;
    this.get = get;
    this.update = update;
    this.delete = delete;
  }

  @GET
  public Response list(@Context HttpServerRequest request) {
    return exchange.answer(
        request,
        caller ->
            ApplicationListBody.from(
                list.handle(caller, query(new QueryParameters(request.query())))));
  }

  @POST
  public Response create(@Context HttpServerRequest request, InputStream body) {
    return exchange.answer(
        request,
        caller -> ApplicationBody.from(create.handle(caller, creation(exchange.body(body)))));
  }

  @GET
  @Path("/{id}")
  public Response get(@Context HttpServerRequest request, @PathParam("id") String id) {
    return exchange.answer(
        request, caller -> ApplicationBody.from(get.handle(caller, ApplicationId.parse(id))));
  }

  @PATCH
  @Path("/{id}")
  public Response update(
      @Context HttpServerRequest request, @PathParam("id") String id, InputStream body) {
    return exchange.answer(
        request,
        caller ->
            ApplicationBody.from(
                update.handle(caller, change(ApplicationId.parse(id), exchange.body(body)))));
  }

  @DELETE
  @Path("/{id}")
  public Response delete(@Context HttpServerRequest request, @PathParam("id") String id) {
    return exchange.answerNothing(
        request, caller -> delete.handle(caller, ApplicationId.parse(id)));
  }

  private static ListApplications.Query query(QueryParameters parameters) {
    return new ListApplications.Query(
        parameters.organizationId(),
        parameters.name(),
        parameters.choice("editable"),
        parameters.values("application_ids", ApplicationId::parse),
        parameters.search("tag"),
        parameters.orderBy(ApplicationOrder.class),
        parameters.page());
  }

  private static CreateApplication.Command creation(RequestBody body) {
    return new CreateApplication.Command(
        body.value("organization_id", OrganizationId::parse), Labels.read(body));
  }

  private static UpdateApplication.Command change(ApplicationId id, RequestBody body) {
    return new UpdateApplication.Command(id, Labels.change(body));
  }
}
