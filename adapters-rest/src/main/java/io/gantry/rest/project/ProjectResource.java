package io.gantry.rest.project;

import io.gantry.application.project.CreateProject;
import io.gantry.application.project.DeleteProject;
import io.gantry.application.project.GetProject;
import io.gantry.application.project.ListProjects;
import io.gantry.application.project.ProjectOrder;
import io.gantry.application.project.UpdateProject;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.identity.Label;
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
import java.util.List;

/** The operations on projects. */
@Path("/account/v3/projects")
@RunOnVirtualThread
public final class ProjectResource {
  private final Exchange exchange;
  private final ListProjects list;
  private final CreateProject create;
  private final GetProject get;
  private final UpdateProject update;
  private final DeleteProject delete;

  ProjectResource(
      Exchange exchange,
      ListProjects list,
      CreateProject create,
      GetProject get,
      UpdateProject update,
      DeleteProject delete) {
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
            ProjectListBody.from(list.handle(caller, query(new QueryParameters(request.query())))));
  }

  @POST
  public Response create(@Context HttpServerRequest request, InputStream body) {
    return exchange.answer(
        request, caller -> ProjectBody.from(create.handle(caller, creation(exchange.body(body)))));
  }

  @GET
  @Path("/{id}")
  public Response get(@Context HttpServerRequest request, @PathParam("id") String id) {
    return exchange.answer(
        request, caller -> ProjectBody.from(get.handle(caller, ProjectId.parse(id))));
  }

  @PATCH
  @Path("/{id}")
  public Response update(
      @Context HttpServerRequest request, @PathParam("id") String id, InputStream body) {
    return exchange.answer(
        request,
        caller ->
            ProjectBody.from(
                update.handle(caller, change(ProjectId.parse(id), exchange.body(body)))));
  }

  @DELETE
  @Path("/{id}")
  public Response delete(@Context HttpServerRequest request, @PathParam("id") String id) {
    return exchange.answerNothing(request, caller -> delete.handle(caller, ProjectId.parse(id)));
  }

  private static ListProjects.Query query(QueryParameters parameters) {
    return new ListProjects.Query(
        parameters.organizationId(),
        parameters.name(),
        parameters.values("project_ids", ProjectId::parse),
        parameters.orderBy(ProjectOrder.class),
        parameters.page());
  }

  private static CreateProject.Command creation(RequestBody body) {
    return new CreateProject.Command(
        body.value("organization_id", OrganizationId::parse),
        Label.checked(
            body.text("name").orElse(""), body.text("description").orElse(""), List.of()));
  }

  private static UpdateProject.Command change(ProjectId id, RequestBody body) {
    return new UpdateProject.Command(id, body.text("name"), body.text("description"));
  }
}
