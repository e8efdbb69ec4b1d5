package io.gantry.rest;

import io.gantry.application.access.Authenticate;
import io.gantry.application.access.Regions;
import io.gantry.domain.access.Caller;
import io.gantry.domain.namespace.Region;
import io.gantry.rest.error.RestErrors;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * One request and its answer, the same for every operation: find out who calls, find the region, do
 * it, and answer 200 with JSON or as {@link RestErrors} says.
 */
public final class Exchange {
  private final Authenticate authenticate;
  private final Regions regions;
  private final int bodyLimit;

  /**
   * @param bodyLimit bytes a request's body may have
   */
  public Exchange(Authenticate authenticate, Regions regions, int bodyLimit) {
    this.authenticate = authenticate;
    this.regions = regions;
    this.bodyLimit = bodyLimit;
  }

  /** What an operation does, once it is known for whom and where. */
  @FunctionalInterface
  public interface Operation {
    /** Returns the wire record to answer with. */
    Object run(Caller caller, Region region);
  }

  /** What an operation does that is about no region, once it is known for whom. */
  @FunctionalInterface
  public interface GlobalOperation {
    /** Returns the wire record to answer with. */
    Object run(Caller caller);
  }

  /** Runs an operation and answers. */
  public Response answer(HttpServerRequest request, String region, Operation operation) {
    return answer(request, caller -> operation.run(caller, regions.parse(region)));
  }

  /** As {@link #answer(HttpServerRequest, String, Operation)}, for no region. */
  public Response answer(HttpServerRequest request, GlobalOperation operation) {
    try {
      byte[] body = Json.write(operation.run(caller(request)));
      return Response.ok(body, MediaType.APPLICATION_JSON_TYPE).build();
    } catch (Exception e) {
      return RestErrors.toResponse(e);
    }
  }

  /** Runs what has no result and answers 204 without a body. */
  public Response answerNothing(HttpServerRequest request, Consumer<Caller> operation) {
    try {
      operation.accept(caller(request));
      return Response.noContent().build();
    } catch (Exception e) {
      return RestErrors.toResponse(e);
    }
  }

  private Caller caller(HttpServerRequest request) {
    String secret = request.getHeader("X-Auth-Token");
    return authenticate.bySecret(secret == null ? "" : secret);
  }

  /** Reads the body of a request, up to the limit. */
  public RequestBody body(InputStream in) {
    return RequestBody.read(in, bodyLimit);
  }
}
