package io.gantry.bootstrap.web;

import static io.gantry.domain.error.RegistryException.badFormat;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Refuses paths that cannot be decoded, on every face. The router would answer them before any
 * resource is asked: without a body that the face's clients can read, and with a stack trace in the
 * log.
 */
@ApplicationScoped
class PathCheck {
  /** After request ids are given, and before anything looks at the path. */
  private static final int PRIORITY = 9_000;

  private final Refusals refusals;

  PathCheck(Refusals refusals) {
    this.refusals = refusals;
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, PRIORITY);
  }

  private void check(RoutingContext context) {
    if (canDecode(context)) {
      context.next();
    } else {
      refusals.refuse(context, badFormat("path", "must be percent-encoded correctly"));
    }
  }

  private static boolean canDecode(RoutingContext context) {
    try {
      return context.normalizedPath() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
