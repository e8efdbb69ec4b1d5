package io.gantry.rest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jboss.logging.MDC;

/**
 * The headers of every answer under this adapter's prefixes, whoever gives it: a request id, which
 * log messages carry too; what a browser may not do with it; the content type without a charset,
 * because one published client compares it for equality; and, where a method is refused, those
 * allowed.
 */
@ApplicationScoped
class AnswerHeaders {
  private static final List<String> PREFIXES = List.of("/registry/", "/iam/", "/account/");

  private static final int PRIORITY = 10_000;

  void register(@Observes Filters filters) {
    filters.register(AnswerHeaders::prepare, PRIORITY);
  }

  /** Whether a request is for a published API or for a path that only they could have. */
  private static boolean isOurs(RoutingContext context) {
    String path = path(context);
    return PREFIXES.stream().anyMatch(path::startsWith);
  }

  private static String path(RoutingContext context) {
    return Objects.requireNonNullElse(context.request().path(), "");
  }

  private static void prepare(RoutingContext context) {
    if (isOurs(context)) {
      String requestId = UUID.randomUUID().toString();
      var _ = MDC.put("requestId", requestId);
      boolean secure = "https".equals(context.request().scheme());
      var _ =
          context.addHeadersEndHandler(
              _ -> complete(context.response().headers(), requestId, secure));
      var _ = context.addHeadersEndHandler(_ -> allow(context.response(), path(context)));
    }
    context.next();
  }

  private static void allow(HttpServerResponse response, String path) {
    if (response.getStatusCode() == 405) {
      var _ = response.headers().set("Allow", AllowedMethods.of(path));
    }
  }

  private static void complete(MultiMap headers, String requestId, boolean secure) {
    headers.set("X-Request-Id", requestId);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    if (secure) headers.set("Strict-Transport-Security", "max-age=63072000");
    if (headers.contains("Content-Type")) headers.set("Content-Type", "application/json");
  }
}
