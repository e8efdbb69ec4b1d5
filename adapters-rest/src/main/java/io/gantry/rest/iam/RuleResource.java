package io.gantry.rest.iam;

import io.gantry.application.iam.GetPolicy;
import io.gantry.application.iam.SetRules;
import io.gantry.domain.identity.PolicyId;
import io.gantry.rest.Exchange;
import io.gantry.rest.QueryParameters;
import io.gantry.rest.RequestBody;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** The operations on the rules of policies. */
@Path("/iam/v1alpha1/rules")
@RunOnVirtualThread
public final class RuleResource {
  private final Exchange exchange;
  private final GetPolicy get;
  private final SetRules set;

  RuleResource(Exchange exchange, GetPolicy get, SetRules set) {
    this.exchange = exchange;
    this.get = get;
    this.set = set;
  }

  @GET
  public Response list(@Context HttpServerRequest request) {
    return exchange.answer(
        request,
        caller -> {
          var parameters = new QueryParameters(request.query());
          PolicyId policy = PolicyId.parse(parameters.text("policy_id"));
          return RuleListBody.from(get.handle(caller, policy), parameters.page());
        });
  }

  @PUT
  public Response set(@Context HttpServerRequest request, InputStream in) {
    return exchange.answer(
        request,
        caller -> {
          RequestBody body = exchange.body(in);
          PolicyId policy = PolicyId.parse(body.text("policy_id").orElse(""));
          return RulesBody.from(set.handle(caller, policy, RuleSpecs.read(body)));
        });
  }
}
