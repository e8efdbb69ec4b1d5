package io.gantry.bootstrap.web;

import io.gantry.bootstrap.configuration.GantryConfig;
import io.gantry.domain.error.RegistryError.EncryptionRequired;
import io.gantry.domain.error.RegistryException;
import io.gantry.grpc.call.TrailersOnly;
import io.gantry.grpc.error.GrpcErrors;
import io.gantry.oci.OciResponses;
import io.gantry.rest.error.RestErrors;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.Optional;
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
  private final OciResponses oci;

  ClearTextGate(
      GantryConfig config,
      @ConfigProperty(name = "quarkus.http.proxy.proxy-address-forwarding", defaultValue = "false")
          boolean behindProxy,
      OciResponses oci) {
    this.required = config.tls().requiredForCredentials();
    this.behindProxy = behindProxy;
    this.oci = oci;
  }

  void register(@Observes Filters filters) {
    if (required) filters.register(this::check, PRIORITY);
  }

  private void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (isEncrypted(request) || !carriesCredentials(context)) {
      context.next();
      return;
    }
    // Nobody reads the body; left where it is, it would stand before the connection's next request.
    var _ = request.resume();
    if (TrailersOnly.fits(request)) {
      TrailersOnly.answer(context.response(), GrpcErrors.toStatus(new EncryptionRequired()));
    } else {
      send(context.response(), refusal(request));
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

  private Response refusal(HttpServerRequest request) {
    var error = new EncryptionRequired();
    return path(request).startsWith("/v2") || path(request).startsWith("/registry-internal/")
        ? oci.failure(request, Optional.empty(), new RegistryException(error))
        : RestErrors.toResponse(error);
  }

  private static String path(HttpServerRequest request) {
    return Objects.requireNonNullElse(request.path(), "");
  }

  private static void send(HttpServerResponse to, Response answer) {
    to.setStatusCode(answer.getStatus());
    answer
        .getStringHeaders()
        .forEach((name, values) -> values.forEach(value -> to.putHeader(name, value)));
    var _ = to.end(Buffer.buffer((byte[]) answer.getEntity()));
  }
}
