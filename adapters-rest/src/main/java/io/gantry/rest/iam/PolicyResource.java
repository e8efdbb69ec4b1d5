package io.gantry.rest.iam;

import io.gantry.application.iam.CreatePolicy;
import io.gantry.application.iam.DeletePolicy;
import io.gantry.application.iam.GetPolicy;
import io.gantry.application.iam.ListPolicies;
import io.gantry.application.iam.PolicyOrder;
import io.gantry.application.iam.UpdatePolicy;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.identity.ApplicationId;
import io.gantry.domain.identity.PolicyId;
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
import java.util.Optional;
import java.util.Set;

/** The operations on policies; their rules have their own. */
@Path("/iam/v1alpha1/policies")
@RunOnVirtualThread
public final class PolicyResource {
  private final Exchange exchange;
  private final ListPolicies list;
  private final CreatePolicy create;
  private final GetPolicy get;
  private final UpdatePolicy update;
  private final DeletePolicy delete;

  PolicyResource(
      Exchange exchange,
      ListPolicies list,
      CreatePolicy create,
      GetPolicy get,
      UpdatePolicy update,
      DeletePolicy delete) {
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
            PolicyListBody.from(list.handle(caller, query(new QueryParameters(request.query())))));
  }

  @POST
  public Response create(@Context HttpServerRequest request, InputStream body) {
    return exchange.answer(
        request, caller -> PolicyBody.from(create.handle(caller, creation(exchange.body(body)))));
  }

  @GET
  @Path("/{id}")
  public Response get(@Context HttpServerRequest request, @PathParam("id") String id) {
    return exchange.answer(
        request, caller -> PolicyBody.from(get.handle(caller, PolicyId.parse(id))));
  }

  @PATCH
  @Path("/{id}")
  public Response update(
      @Context HttpServerRequest request, @PathParam("id") String id, InputStream body) {
    return exchange.answer(
        request,
        caller ->
            PolicyBody.from(
                update.handle(caller, change(PolicyId.parse(id), exchange.body(body)))));
  }

  @DELETE
  @Path("/{id}")
  public Response delete(@Context HttpServerRequest request, @PathParam("id") String id) {
    return exchange.answerNothing(request, caller -> delete.handle(caller, PolicyId.parse(id)));
  }

  private static ListPolicies.Query query(QueryParameters parameters) {
    return new ListPolicies.Query(
        parameters.organizationId(),
        parameters.name("policy_name"),
        parameters.choice("editable"),
        parameters.values("policy_ids", PolicyId::parse),
        principals(parameters),
        parameters.choice("no_principal"),
        parameters.search("tag"),
        parameters.orderBy(PolicyOrder.class),
        parameters.page());
  }

  /** Nobody is a user or a group, so that who asks for theirs gets nothing. */
  private static Optional<Set<ApplicationId>> principals(QueryParameters parameters) {
    Set<ApplicationId> wanted = parameters.values("application_ids", ApplicationId::parse);
    if (!parameters.text("user_ids").isEmpty() || !parameters.text("group_ids").isEmpty()) {
      return Optional.of(wanted);
    }
    return wanted.isEmpty() ? Optional.empty() : Optional.of(wanted);
  }

  private static CreatePolicy.Command creation(RequestBody body) {
    return new CreatePolicy.Command(
        body.value("organization_id", OrganizationId::parse),
        Labels.read(body),
        Bearers.recipient(body).orElseThrow(() -> RegistryException.required("application_id")),
        RuleSpecs.read(body));
  }

  private static UpdatePolicy.Command change(PolicyId id, RequestBody body) {
    return new UpdatePolicy.Command(id, Labels.change(body), Bearers.recipient(body));
  }
}
