package io.gantry.bootstrap.web;

import io.gantry.bootstrap.configuration.GantryConfig;
import io.gantry.domain.error.RegistryError.EncryptionRequired;
import io.gantry.domain.error.RegistryException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses credentials that come without TLS, on every face, if so configured. After request ids are
 * given and before anything looks at the credentials.
 */
@ApplicationScoped
class ClearTextGate {
  private static final int PRIORITY = 5000;

  private final boolean required;
  private final boolean behindProxy;
  private final Refusals refusals;

  ClearTextGate(
      GantryConfig config,
      @ConfigProperty(name = "quarkus.http.proxy.proxy-address-forwarding", defaultValue = "false")
          boolean behindProxy,
      Refusals refusals) {
    this.required = config.tls().requiredForCredentials();
    this.behindProxy = behindProxy;
    this.refusals = refusals;
  }

  void register(@Observes Filters filters) {
    if (required) filters.register(this::check, PRIORITY);
  }

  private void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (isEncrypted(request) || !carriesCredentials(context)) {
      context.next();
    } else {
      refusals.refuse(context, new RegistryException(new EncryptionRequired()));
    }
  }

  /** The scheme is what a trusted proxy says; without one, a client could say anything. */
  private boolean isEncrypted(HttpServerRequest request) {
    return request.isSSL() || (behindProxy && "https".equals(request.scheme()));
  }

  /** A password may also be in the body of a POST to the token service. */
  private static boolean carriesCredentials(RoutingContext context) {
    HttpServerRequest request = context.request();
    return request.headers().contains("X-Auth-Token")
        || request.headers().contains("Authorization")
        || (request.method().equals(HttpMethod.POST)
            && context.normalizedPath().startsWith("/registry-internal/"));
  }
}
