package io.gantry.bootstrap.web;

import io.gantry.domain.error.RegistryException;
import io.gantry.grpc.call.Answers;
import io.gantry.grpc.error.GrpcErrors;
import io.gantry.oci.OciResponses;
import io.gantry.rest.error.RestErrors;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.Optional;

/** Answers requests before a resource is reached, in the form of the face whose path it is. */
@Singleton
class Refusals {
  private final OciResponses oci;

  Refusals(OciResponses oci) {
    this.oci = oci;
  }

  /** Whether a path, as it stands in the request, is one of the data plane. */
  static boolean isOfDataPlane(String path) {
    return path.startsWith("/v2") || path.startsWith("/registry-internal/");
  }

  /** The one answer to this request. */
  void refuse(RoutingContext context, RegistryException reason) {
    HttpServerRequest request = context.request();
    // Nobody reads the body; left where it is, it would stand before the connection's next request.
    var _ = request.resume();
    if (Answers.fit(request)) {
      Answers.fail(context.response(), GrpcErrors.toStatus(reason));
    } else if (isOfDataPlane(Objects.requireNonNullElse(request.path(), ""))) {
      send(context.response(), oci.failure(request, Optional.empty(), reason));
    } else {
      send(context.response(), RestErrors.toResponse(reason));
    }
  }

  private static void send(HttpServerResponse to, Response answer) {
    to.setStatusCode(answer.getStatus());
    answer
        .getStringHeaders()
        .forEach((name, values) -> values.forEach(value -> to.putHeader(name, value)));
    var _ = to.end(Buffer.buffer((byte[]) answer.getEntity()));
  }
}
