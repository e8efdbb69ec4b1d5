package io.gantry.rest;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * Serves the OpenAPI document of the identity routes. That of the registry's is a published one and
 * stays as it is, so these have their own.
 */
@ApplicationScoped
class IdentityDocument {
  /** On the class path. */
  static final String RESOURCE = "/META-INF/openapi-identity.yaml";

  private static final String PATH = "/q/openapi-identity";

  private final Buffer document = Buffer.buffer(read());

  void register(@Observes Router router) {
    router.get(PATH).handler(this::send);
  }

  private void send(RoutingContext context) {
    var _ =
        context
            .response()
            .putHeader("Content-Type", "application/yaml;charset=UTF-8")
            .end(document);
  }

  private static byte[] read() {
    try (InputStream in =
        Objects.requireNonNull(IdentityDocument.class.getResourceAsStream(RESOURCE))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
