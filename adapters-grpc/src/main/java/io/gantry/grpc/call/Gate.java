package io.gantry.grpc.call;

import static io.gantry.domain.error.RegistryException.badFormat;

import io.gantry.domain.error.RegistryError.Unsupported;
import io.gantry.domain.error.RegistryException;
import io.gantry.grpc.error.GrpcErrors;
import io.gantry.proto.registry.v1.RegistryGrpc;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/**
 * Stands before the gRPC server and answers what would leave it without an answer: compression that
 * it does not know, and binary metadata that is not. Also listens for callers who go.
 */
@ApplicationScoped
class Gate {
  private static final int BEFORE_THE_SERVER = 1000;
  private static final String SERVICE = "/" + RegistryGrpc.SERVICE_NAME + "/";
  private static final String ENCODING = "grpc-encoding";
  private static final Set<String> ENCODINGS = Set.of("identity", "gzip");

  void register(@Observes Filters filters) {
    filters.register(Gate::check, BEFORE_THE_SERVER);
  }

  private static void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (TrailersOnly.fits(request)) {
      try {
        checkMetadata(request.headers());
      } catch (RegistryException e) {
        discardBody(request);
        TrailersOnly.answer(context.response(), GrpcErrors.toStatus(e));
        return;
      }
      Departure.watch(context);
    } else if (isForTheService(request)) {
      discardBody(request);
      var _ = context.response().setStatusCode(415).end();
      return;
    }
    context.next();
  }

  /** Left where it is, it would stand before the connection's next request. */
  private static void discardBody(HttpServerRequest request) {
    var _ = request.resume();
  }

  private static boolean isForTheService(HttpServerRequest request) {
    String path = request.path();
    return path != null && path.startsWith(SERVICE);
  }

  private static void checkMetadata(MultiMap headers) {
    String encoding = headers.get(ENCODING);
    // Without one the server would not know what to do with a message that says it is compressed.
    if (encoding == null) {
      var _ = headers.set(ENCODING, "identity");
    } else if (!ENCODINGS.contains(encoding)) {
      throw new RegistryException(new Unsupported("grpc-encoding must be identity or gzip"));
    }
    for (Map.Entry<String, String> header : headers) {
      if (header.getKey().endsWith("-bin")) checkBinary(header.getKey(), header.getValue());
    }
  }

  private static void checkBinary(String name, String value) {
    try {
      var _ = Base64.getDecoder().decode(value);
    } catch (IllegalArgumentException e) {
      throw badFormat(name, "must be base64");
    }
  }
}
