package io.gantry.rest.error;

import io.gantry.application.namespace.CreateNamespace;
import io.gantry.domain.error.ArgumentReason;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryError.AlreadyExists;
import io.gantry.domain.error.RegistryError.BodyTimeout;
import io.gantry.domain.error.RegistryError.DigestMismatch;
import io.gantry.domain.error.RegistryError.EncryptionRequired;
import io.gantry.domain.error.RegistryError.InvalidArgument;
import io.gantry.domain.error.RegistryError.ManifestInvalid;
import io.gantry.domain.error.RegistryError.NotFound;
import io.gantry.domain.error.RegistryError.PermissionDenied;
import io.gantry.domain.error.RegistryError.PreconditionFailed;
import io.gantry.domain.error.RegistryError.QuotaExceeded;
import io.gantry.domain.error.RegistryError.RangeInvalid;
import io.gantry.domain.error.RegistryError.ReferencedContentMissing;
import io.gantry.domain.error.RegistryError.SizeMismatch;
import io.gantry.domain.error.RegistryError.TooLarge;
import io.gantry.domain.error.RegistryError.TooManyRequests;
import io.gantry.domain.error.RegistryError.TransientState;
import io.gantry.domain.error.RegistryError.Unauthenticated;
import io.gantry.domain.error.RegistryError.Unavailable;
import io.gantry.domain.error.RegistryError.Unsupported;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.rest.Json;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * The one translator of failures into the answers of the published API: a JSON object with {@code
 * message}, mostly {@code type}, and the fields its clients read, keys in alphabetical order.
 */
public final class RestErrors {
  private static final Logger LOG = Logger.getLogger(RestErrors.class);
  private static final long SOON_SECONDS = 2;

  private RestErrors() {}

  /**
   * The answer to anything that was thrown: by a use case, by the server itself before it found a
   * resource, or by a bug, which is logged and of which the client learns nothing. Logged is also
   * what the operator has to know, that storage or database fail.
   */
  public static Response toResponse(Throwable thrown) {
    return switch (thrown) {
      case RegistryException e -> {
        if (e.error() instanceof Unavailable) LOG.error("request failed", e);
        yield toResponse(e.error());
      }
      case WebApplicationException e -> toResponse(e);
      default -> {
        LOG.error("request failed", thrown);
        yield respond(500, message("internal error"));
      }
    };
  }

  /** The answer to a failure. */
  public static Response toResponse(RegistryError error) {
    return switch (error) {
      case NotFound e -> respond(404, notFound(e));
      case AlreadyExists e -> respond(409, alreadyExists(e));
      case InvalidArgument e -> respond(400, invalidArgument(e));
      case PermissionDenied e -> respond(403, permissionDenied(e));
      case Unauthenticated e -> respond(401, unauthenticated(e));
      case EncryptionRequired e -> respond(403, typed("encryption_required", e.message()));
      case PreconditionFailed e -> respond(412, preconditionFailed(e));
      case TransientState e -> respond(409, transientState(e));
      case QuotaExceeded e -> respond(403, quotaExceeded(e));
      case DigestMismatch e -> respond(400, message(e.message()));
      case SizeMismatch e -> respond(400, message(e.message()));
      case RangeInvalid e -> respond(416, message(e.message()));
      case ManifestInvalid e -> respond(400, message(e.message()));
      case ReferencedContentMissing e -> respond(400, message(e.message()));
      case Unsupported e -> respond(501, message(e.message()));
      case TooLarge e -> respond(413, message(e.message()));
      case BodyTimeout e -> respond(408, message(e.message()));
      case TooManyRequests e -> tooManyRequests(e);
      case Unavailable e -> respond(503, message(e.message()), SOON_SECONDS);
    };
  }

  private static Response toResponse(WebApplicationException e) {
    Response from = e.getResponse();
    if (from.getStatus() >= 500) LOG.error("request failed", e);
    return respond(from.getStatus(), message(sentence(from.getStatus())));
  }

  private static String sentence(int status) {
    return switch (status) {
      case 404 -> "no such path in this API";
      case 405 -> "method not allowed on this path";
      case 413 -> "the body is too large";
      default -> status >= 500 ? "internal error" : "the request cannot be understood";
    };
  }

  /** What the registry holds has the bare form, who may use it a form with a type. */
  private static Map<String, Object> notFound(NotFound e) {
    return switch (e.resource()) {
      case NAMESPACE, IMAGE, TAG, REPOSITORY, MANIFEST, BLOB, UPLOAD -> message(e.message());
      case PROJECT, ORGANIZATION, APPLICATION, POLICY ->
          notFound(resource(e.resource()) + "_id", e.id());
      case API_KEY -> notFound("access_key", e.id());
    };
  }

  private static Map<String, Object> notFound(String resource, String id) {
    Map<String, Object> body = typed("not_found", "resource is not found");
    body.put("resource", resource);
    body.put("resource_id", id);
    return body;
  }

  private static Map<String, Object> alreadyExists(AlreadyExists e) {
    Map<String, Object> body = typed("already_exists", e.message());
    body.put("help_message", e.help());
    body.put("resource", resource(e.resource()));
    body.put("resource_id", e.id());
    return body;
  }

  private static Map<String, Object> invalidArgument(InvalidArgument e) {
    Map<String, Object> detail = new TreeMap<>();
    detail.put("argument_name", e.argument());
    detail.put("help_message", e.help());
    detail.put("reason", reason(e.reason()));
    Map<String, Object> body = typed("invalid_arguments", "invalid argument(s)");
    body.put("details", List.of(detail));
    return body;
  }

  private static String reason(ArgumentReason reason) {
    return switch (reason) {
      case REQUIRED -> "required";
      case FORMAT -> "format";
      case CONSTRAINT -> "constraint";
    };
  }

  private static Map<String, Object> permissionDenied(PermissionDenied e) {
    boolean administers = e.action().equals(CreateNamespace.ADMINISTER);
    Map<String, Object> detail = new TreeMap<>();
    detail.put("action", administers ? "write" : e.action());
    detail.put("resource", administers ? "api_admin_namespace" : permissionResource(e.resource()));
    Map<String, Object> body = typed("permissions_denied", "insufficient permissions");
    body.put("details", List.of(detail));
    return body;
  }

  /** What permissions are about: namespaces, or what is in them. */
  private static String permissionResource(ResourceType type) {
    return switch (type) {
      case NAMESPACE -> "api_namespace";
      case IMAGE, TAG, REPOSITORY, MANIFEST, BLOB, UPLOAD -> "registry_image";
      case PROJECT, ORGANIZATION, API_KEY, APPLICATION, POLICY -> resource(type);
    };
  }

  private static Map<String, Object> unauthenticated(Unauthenticated e) {
    Map<String, Object> body = typed("denied_authentication", "authentication is denied");
    body.put("method", "api_key");
    body.put(
        "reason",
        switch (e.cause()) {
          case MISSING, MALFORMED -> "invalid_argument";
          case UNKNOWN -> "not_found";
          case EXPIRED -> "expired";
          case INSUFFICIENT_SCOPE -> "unknown_reason";
        });
    return body;
  }

  private static Map<String, Object> preconditionFailed(PreconditionFailed e) {
    Map<String, Object> body = typed("precondition_failed", "precondition is not respected");
    body.put("help_message", e.help());
    body.put("precondition", lowerCase(e.rule()));
    return body;
  }

  private static Map<String, Object> transientState(TransientState e) {
    Map<String, Object> body = typed("transient_state", "resource is in a transient state");
    body.put("current_state", e.state());
    body.put("resource", resource(e.resource()));
    body.put("resource_id", e.id());
    return body;
  }

  private static Map<String, Object> quotaExceeded(QuotaExceeded e) {
    Map<String, Object> detail = new TreeMap<>();
    detail.put("current", e.current());
    detail.put("quota", e.quota());
    detail.put("resource", e.resource());
    Map<String, Object> body = typed("quotas_exceeded", "quota(s) exceeded for this resource");
    body.put("details", List.of(detail));
    return body;
  }

  private static Response tooManyRequests(TooManyRequests e) {
    long seconds = Math.max(1, e.retryAfter().plusMillis(999).toSeconds());
    Map<String, Object> body = typed("too_many_requests", e.message());
    body.put("help_message", "retry after " + seconds + " s");
    return respond(429, body, seconds);
  }

  private static String resource(ResourceType type) {
    return lowerCase(type);
  }

  private static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> typed(String type, String message) {
    Map<String, Object> body = message(message);
    body.put("type", type);
    return body;
  }

  private static Map<String, Object> message(String message) {
    Map<String, Object> body = new TreeMap<>();
    body.put("message", message);
    return body;
  }

  private static Response respond(int status, Map<String, Object> body) {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(Json.write(body))
        .build();
  }

  /** With how long to wait before trying again. */
  private static Response respond(int status, Map<String, Object> body, long seconds) {
    return Response.fromResponse(respond(status, body))
        .header(HttpHeaders.RETRY_AFTER, seconds)
        .build();
  }
}
