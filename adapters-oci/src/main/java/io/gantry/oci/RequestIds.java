package io.gantry.oci;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Objects;
import java.util.UUID;
import org.jboss.logging.MDC;

/** Gives each request of the data plane an id, which its answer and its log messages carry. */
@ApplicationScoped
class RequestIds {
  private static final int PRIORITY = 10_000;

  void register(@Observes Filters filters) {
    filters.register(RequestIds::assign, PRIORITY);
  }

  private static void assign(RoutingContext context) {
    String path = Objects.requireNonNullElse(context.request().path(), "");
    if (path.startsWith("/v2") || path.startsWith("/registry-internal/")) {
      String requestId = UUID.randomUUID().toString();
      var _ = MDC.put("requestId", requestId);
      var _ = context.response().putHeader("X-Request-Id", requestId);
    }
    context.next();
  }
}
