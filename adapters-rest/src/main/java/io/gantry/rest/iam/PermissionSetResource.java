package io.gantry.rest.iam;

import io.gantry.application.iam.ListPermissionSets;
import io.gantry.application.iam.PermissionSetOrder;
import io.gantry.rest.Exchange;
import io.gantry.rest.QueryParameters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** The list of permission sets. */
@Path("/iam/v1alpha1/permission-sets")
@RunOnVirtualThread
public final class PermissionSetResource {
  private final Exchange exchange;
  private final ListPermissionSets list;

  PermissionSetResource(Exchange exchange, ListPermissionSets list) {
    this.exchange = exchange;
    this.list = list;
  }

  @GET
  public Response list(@Context HttpServerRequest request) {
    return exchange.answer(
        request,
        caller -> {
          var parameters = new QueryParameters(request.query());
          return PermissionSetListBody.from(
              list.handle(caller, parameters.orderBy(PermissionSetOrder.class), parameters.page()));
        });
  }
}
