package io.gantry.rest.iam;

import static io.gantry.domain.error.RegistryException.notFound;

import io.gantry.application.iam.ApiKeyOrder;
import io.gantry.application.iam.CreateApiKey;
import io.gantry.application.iam.DeleteApiKey;
import io.gantry.application.iam.GetApiKey;
import io.gantry.application.iam.ListApiKeys;
import io.gantry.application.iam.UpdateApiKey;
import io.gantry.domain.access.AccessKey;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The operations on API keys. */
@Path("/iam/v1alpha1/api-keys")
@RunOnVirtualThread
public final class ApiKeyResource {
  private final Exchange exchange;
  private final ListApiKeys list;
  private final CreateApiKey create;
  private final GetApiKey get;
  private final UpdateApiKey update;
  private final DeleteApiKey delete;

  ApiKeyResource(
      Exchange exchange,
      ListApiKeys list,
      CreateApiKey create,
      GetApiKey get,
      UpdateApiKey update,
      DeleteApiKey delete) {
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
            ApiKeyListBody.from(list.handle(caller, query(new QueryParameters(request.query())))));
  }

  @POST
  public Response create(@Context HttpServerRequest request, InputStream body) {
    return exchange.answer(
        request, caller -> ApiKeyBody.from(create.handle(caller, creation(exchange.body(body)))));
  }

  @GET
  @Path("/{id}")
  public Response get(@Context HttpServerRequest request, @PathParam("id") String id) {
    return exchange.answer(request, caller -> ApiKeyBody.from(get.handle(caller, accessKey(id))));
  }

  @PATCH
  @Path("/{id}")
  public Response update(
      @Context HttpServerRequest request, @PathParam("id") String id, InputStream body) {
    return exchange.answer(
        request,
        caller ->
            ApiKeyBody.from(update.handle(caller, change(accessKey(id), exchange.body(body)))));
  }

  @DELETE
  @Path("/{id}")
  public Response delete(@Context HttpServerRequest request, @PathParam("id") String id) {
    return exchange.answerNothing(request, caller -> delete.handle(caller, accessKey(id)));
  }

  /** What cannot be an access key is one that nobody has. */
  private static AccessKey accessKey(String text) {
    try {
      return new AccessKey(text);
    } catch (RegistryException e) {
      throw notFound(ResourceType.API_KEY, text);
    }
  }

  private static ListApiKeys.Query query(QueryParameters parameters) {
    return new ListApiKeys.Query(
        parameters.organizationId(),
        parameters.choice("editable"),
        parameters.choice("expired"),
        accessKeys(parameters),
        parameters.search("description"),
        Bearers.wanted(parameters),
        parameters.orderBy(ApiKeyOrder.class),
        parameters.page());
  }

  /** The parameter, and the older one that it took the place of. */
  private static Set<String> accessKeys(QueryParameters parameters) {
    return Stream.concat(
            parameters.values("access_keys", text -> text).stream(),
            parameters.search("access_key").stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static CreateApiKey.Command creation(RequestBody body) {
    return new CreateApiKey.Command(
        Bearers.required(body),
        body.text("description").orElse(""),
        body.value("default_project_id", Bearers::defaultProject),
        body.time("expires_at"));
  }

  private static UpdateApiKey.Command change(AccessKey accessKey, RequestBody body) {
    return new UpdateApiKey.Command(
        accessKey,
        body.text("description"),
        body.value("default_project_id", Bearers::defaultProject),
        body.time("expires_at"));
  }
}
