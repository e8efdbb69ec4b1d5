package io.gantry.oci;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryError.RangeInvalid;
import io.gantry.domain.error.RegistryError.TooManyRequests;
import io.gantry.domain.error.RegistryError.Unauthenticated;
import io.gantry.domain.error.RegistryError.Unavailable;
import io.gantry.domain.error.RegistryException;
import io.gantry.oci.access.Challenge;
import io.gantry.oci.access.Challenge.Wanted;
import io.gantry.oci.error.OciErrorBody;
import io.gantry.oci.error.OciErrors;
import io.gantry.oci.error.OciErrors.Answer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;

/** Builds the answers that every endpoint shares: JSON and failures. */
@Singleton
public final class OciResponses {
  private static final Logger LOG = Logger.getLogger(OciResponses.class);

  /** When to come back to a registry that cannot store or reach its data. */
  private static final Duration SOON = Duration.ofSeconds(2);

  private final ObjectMapper json;
  private final Challenge challenge;

  OciResponses(ObjectMapper json, Challenge challenge) {
    this.json = json;
    this.challenge = challenge;
  }

  /** An answer without a body so far, with the headers that all have. */
  public static ResponseBuilder status(int status) {
    return Response.status(status)
        .header(OciHeaders.API_VERSION, OciHeaders.API_VERSION_VALUE)
        .header("X-Content-Type-Options", "nosniff");
  }

  public Response json(int status, Object body) {
    return withJson(status(status), body).build();
  }

  public ResponseBuilder withJson(ResponseBuilder response, Object body) {
    try {
      byte[] bytes = json.writeValueAsBytes(body);
      // Said here, because a HEAD has the length of the GET without its bytes.
      return response
          .entity(bytes)
          .header(HttpHeaders.CONTENT_LENGTH, bytes.length)
          .header(HttpHeaders.CONTENT_TYPE, "application/json");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of our own can be written", e);
    }
  }

  /**
   * The answer to a failure.
   *
   * @param wanted what a token would have to be for
   */
  public Response failure(
      HttpServerRequest request, Optional<Wanted> wanted, RegistryException exception) {
    return failure(
        request, wanted, exception, (code, error) -> OciErrorBody.of(code, error.message()));
  }

  /** As {@link #failure(HttpServerRequest, Optional, RegistryException)}, with another body. */
  public Response failure(
      HttpServerRequest request,
      Optional<Wanted> wanted,
      RegistryException exception,
      BiFunction<String, RegistryError, Object> body) {
    RegistryError error = exception.error();
    Answer answer = OciErrors.of(error);
    if (answer.status() >= 500) LOG.error(error.message(), exception);
    ResponseBuilder response = status(answer.status());
    switch (error) {
      case Unauthenticated e ->
          response.header(HttpHeaders.WWW_AUTHENTICATE, challenge.of(request, wanted, e));
      case TooManyRequests e -> response.header("Retry-After", e.retryAfter().toSeconds());
      case Unavailable _ -> response.header("Retry-After", SOON.toSeconds());
      case RangeInvalid e -> response.header("Range", range(e.length()));
      default -> {}
    }
    return withJson(response, body.apply(answer.code(), error)).build();
  }

  /** The answer to a bug of ours: nothing about it goes out, everything into the log. */
  public Response bug(HttpServerRequest request, RuntimeException exception) {
    LOG.errorf(exception, "%s %s failed", request.method(), request.path());
    return withJson(
            status(500), OciErrorBody.of("UNKNOWN", "internal error; see the registry's log"))
        .build();
  }

  /** How far an upload has come; without any byte the same as with one, as clients expect. */
  public static String range(long length) {
    return "0-" + Math.max(0, length - 1);
  }
}
