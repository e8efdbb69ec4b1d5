package io.gantry.grpc.call;

import com.google.rpc.Code;
import com.google.rpc.Status;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * The two forms that the answer to a call has ("Response" of the gRPC-over-HTTP/2 specification).
 */
public final class Answers {
  private static final CharSequence GRPC = HttpHeaders.createOptimized("application/grpc");
  private static final CharSequence ACCEPTED =
      HttpHeaders.createOptimized(Encoding.ACCEPTED_HEADER);
  private static final CharSequence GZIP = HttpHeaders.createOptimized(Encoding.GZIP);
  private static final CharSequence STATUS = HttpHeaders.createOptimized("grpc-status");
  private static final CharSequence OK = HttpHeaders.createOptimized("" + Code.OK_VALUE);
  private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-request-id");

  private Answers() {}

  /** Whether whoever sent this request understands such answers. */
  public static boolean fit(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    return request.version() == HttpVersion.HTTP_2
        && type != null
        && type.toLowerCase(Locale.ROOT).startsWith("application/grpc");
  }

  /** Answers with a message, in all that is to be sent at once. */
  static void succeed(HttpServerResponse response, Buffer framed, String requestId) {
    var _ =
        response
            .putHeader(HttpHeaders.CONTENT_TYPE, GRPC)
            .putHeader(ACCEPTED, GZIP)
            .putTrailer(STATUS, OK)
            .putTrailer(REQUEST_ID, requestId)
            .end(framed);
  }

  /** Answers with a status that is none of success, and with nothing else. */
  public static void fail(HttpServerResponse response, Status status) {
    fail(response, status, RequestId.next());
  }

  static void fail(HttpServerResponse response, Status status, String requestId) {
    var _ =
        response
            .putHeader(HttpHeaders.CONTENT_TYPE, GRPC)
            .putHeader(ACCEPTED, GZIP)
            .putHeader(STATUS, Integer.toString(status.getCode()))
            .putHeader("grpc-message", percentEncoded(status.getMessage()))
            .putHeader(
                "grpc-status-details-bin", Base64.getEncoder().encodeToString(status.toByteArray()))
            .putHeader(REQUEST_ID, requestId)
            .end();
  }

  /** Encodes more than "Percent-Encoded" of the specification asks for, which it allows. */
  private static String percentEncoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
