package io.gantry.grpc.call;

import com.google.rpc.Status;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;

/** An answer to a call that does not reach the gRPC server: "Trailers-Only" in its protocol. */
public final class TrailersOnly {
  private TrailersOnly() {}

  /** Whether whoever sent this request understands such an answer. */
  public static boolean fits(HttpServerRequest request) {
    String type = request.getHeader("content-type");
    return request.version() == HttpVersion.HTTP_2
        && type != null
        && type.toLowerCase(Locale.ROOT).startsWith("application/grpc");
  }

  /** Answers with a status and nothing else. */
  public static void answer(HttpServerResponse response, Status status) {
    var _ =
        response
            .putHeader("content-type", "application/grpc")
            .putHeader("grpc-accept-encoding", "gzip")
            .putHeader("grpc-status", Integer.toString(status.getCode()))
            .putHeader("grpc-message", status.getMessage())
            .putHeader(
                "grpc-status-details-bin", Base64.getEncoder().encodeToString(status.toByteArray()))
            .putHeader(UnaryCall.REQUEST_ID.name(), UUID.randomUUID().toString())
            .end();
  }
}
