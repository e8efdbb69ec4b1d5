package io.gantry.grpc;

import static io.gantry.domain.error.RegistryException.badFormat;

import io.gantry.domain.error.RegistryError.Unsupported;
import io.gantry.domain.error.RegistryException;
import io.gantry.grpc.call.Answers;
import io.gantry.grpc.call.Encoding;
import io.gantry.grpc.call.Method;
import io.gantry.grpc.call.SharedFlushes;
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

/**
 * Takes the calls of the service before the gRPC server of Quarkus sees them: that one hands a call
 * through a dozen layers that do nothing for it, which costs as much as the call does, and tells of
 * a caller who has gone only while the request is still coming in. The server keeps reflection and
 * health. What would leave it without an answer is answered here: compression that it does not
 * know, and binary metadata that is not.
 */
@ApplicationScoped
class Gate {
  private static final int BEFORE_THE_SERVER = 1000;
  private static final String SERVICE = "/" + RegistryGrpc.SERVICE_NAME + "/";

  private final RegistryMethods methods;

  Gate(RegistryMethods methods) {
    this.methods = methods;
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, BEFORE_THE_SERVER);
  }

  private void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (Answers.fit(request)) {
      take(context);
    } else if (isForTheService(request)) {
      discardBody(request);
      var _ = context.response().setStatusCode(415).end();
    } else {
      context.next();
    }
  }

  private void take(RoutingContext context) {
    HttpServerRequest request = context.request();
    SharedFlushes.of(request.connection());
    try {
      checkMetadata(request.headers());
    } catch (RegistryException e) {
      discardBody(request);
      Answers.fail(context.response(), GrpcErrors.toStatus(e));
      return;
    }
    Method<?, ?> method = methods.at(request.path());
    if (method == null) {
      sayHowMessagesAreEncoded(request.headers());
      context.next();
    } else {
      method.take(context);
    }
  }

  /** Left where it is, it would stand before the connection's next request. */
  private static void discardBody(HttpServerRequest request) {
    var _ = request.resume();
  }

  private static boolean isForTheService(HttpServerRequest request) {
    String path = request.path();
    return path != null && path.startsWith(SERVICE);
  }

  /** Else the server would not know what to do with a message that says it is compressed. */
  private static void sayHowMessagesAreEncoded(MultiMap headers) {
    if (!headers.contains(Encoding.HEADER)) {
      var _ = headers.set(Encoding.HEADER, Encoding.IDENTITY);
    }
  }

  private static void checkMetadata(MultiMap headers) {
    String encoding = headers.get(Encoding.HEADER);
    if (encoding != null && !Encoding.isKnown(encoding)) {
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
