package io.gantry.rest;

import static io.gantry.domain.error.RegistryException.badFormat;

import io.gantry.rest.error.RestErrors;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.Response;

/**
 * Refuses paths that cannot be decoded, which the router would answer before any resource is asked,
 * and without a JSON body.
 */
@ApplicationScoped
class PathCheck {

  void register(@Observes Filters filters) {
    filters.register(PathCheck::check, AnswerHeaders.PRIORITY - 1);
  }

  private static void check(RoutingContext context) {
    if (AnswerHeaders.isOurs(context) && !canDecode(context)) {
      refuse(context);
    } else {
      context.next();
    }
  }

  private static boolean canDecode(RoutingContext context) {
    try {
      return context.normalizedPath() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void refuse(RoutingContext context) {
    Response answer = RestErrors.toResponse(badFormat("path", "must be percent-encoded correctly"));
    var _ =
        context
            .response()
            .setStatusCode(answer.getStatus())
            .putHeader("Content-Type", "application/json")
            .end(Buffer.buffer((byte[]) answer.getEntity()));
  }
}
