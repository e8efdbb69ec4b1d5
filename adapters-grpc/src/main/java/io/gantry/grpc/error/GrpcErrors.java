package io.gantry.grpc.error;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.QuotaFailure;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
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
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * The one translator of failures into gRPC statuses: a canonical code, the message, an {@code
 * ErrorInfo} with a reason that never changes (AIP-193), and the details that fit the kind.
 */
public final class GrpcErrors {
  /** The domain of every {@code ErrorInfo}. */
  public static final String DOMAIN = "registry.gantry";

  private static final Logger LOG = Logger.getLogger(GrpcErrors.class);
  private static final Duration SOON = Duration.ofSeconds(1);

  private GrpcErrors() {}

  /**
   * The status for anything that was thrown: by a use case, or by a bug, which is logged and of
   * which the client learns nothing. Logged is also what the operator has to know, that storage or
   * database fail.
   */
  public static Status toStatus(Throwable thrown) {
    if (thrown instanceof RegistryException e) {
      if (e.error() instanceof Unavailable) LOG.error("call failed", e);
      return toStatus(e.error());
    }
    LOG.error("call failed", thrown);
    return Status.newBuilder().setCode(Code.INTERNAL_VALUE).setMessage("internal error").build();
  }

  /** The status for a failure. */
  public static Status toStatus(RegistryError error) {
    return switch (error) {
      case NotFound e ->
          status(
              Code.NOT_FOUND, e, "NOT_FOUND", about(e.resource()), resource(e.resource(), e.id()));
      case AlreadyExists e ->
          status(
              Code.ALREADY_EXISTS,
              e,
              "ALREADY_EXISTS",
              about(e.resource()),
              resource(e.resource(), e.id()).toBuilder().setDescription(e.help()).build());
      case InvalidArgument e ->
          status(
              Code.INVALID_ARGUMENT,
              e,
              "INVALID_ARGUMENT",
              Map.of("argument", e.argument()),
              badRequest(e.argument(), e.reason().name(), e.help()));
      case PermissionDenied e ->
          status(
              Code.PERMISSION_DENIED,
              e,
              "PERMISSION_DENIED",
              Map.of("action", e.action(), "resource", name(e.resource())));
      case Unauthenticated e ->
          status(
              Code.UNAUTHENTICATED,
              e,
              switch (e.cause()) {
                case MISSING -> "CREDENTIALS_MISSING";
                case MALFORMED -> "CREDENTIALS_MALFORMED";
                case UNKNOWN -> "CREDENTIALS_UNKNOWN";
                case EXPIRED -> "CREDENTIALS_EXPIRED";
                case INSUFFICIENT_SCOPE -> "INSUFFICIENT_SCOPE";
              },
              Map.of());
      case EncryptionRequired e ->
          status(Code.PERMISSION_DENIED, e, "ENCRYPTION_REQUIRED", Map.of());
      case PreconditionFailed e ->
          status(
              Code.FAILED_PRECONDITION, e, e.rule().name(), about(e.resource()), precondition(e));
      case TransientState e ->
          status(
              Code.ABORTED,
              e,
              "TRANSIENT_STATE",
              Map.of("resource", name(e.resource()), "current_state", e.state()),
              resource(e.resource(), e.id()),
              retryAfter(SOON));
      case QuotaExceeded e ->
          status(
              Code.RESOURCE_EXHAUSTED,
              e,
              "QUOTA_EXCEEDED",
              Map.of("quota", Long.toString(e.quota()), "current", Long.toString(e.current())),
              quota(e));
      case DigestMismatch e ->
          status(
              Code.INVALID_ARGUMENT,
              e,
              "DIGEST_MISMATCH",
              Map.of("claimed", e.claimed(), "actual", e.actual()));
      case SizeMismatch e ->
          status(
              Code.INVALID_ARGUMENT,
              e,
              "SIZE_MISMATCH",
              Map.of("claimed", Long.toString(e.claimed()), "actual", Long.toString(e.actual())));
      case RangeInvalid e ->
          status(
              Code.OUT_OF_RANGE,
              e,
              "RANGE_INVALID",
              Map.of("length", Long.toString(e.length())),
              resource(ResourceType.UPLOAD, e.id()));
      case ManifestInvalid e -> status(Code.INVALID_ARGUMENT, e, "MANIFEST_INVALID", Map.of());
      case ReferencedContentMissing e ->
          status(
              Code.FAILED_PRECONDITION,
              e,
              "REFERENCED_CONTENT_MISSING",
              Map.of("digests", String.join(",", e.digests())));
      case Unsupported e -> status(Code.UNIMPLEMENTED, e, "UNSUPPORTED", Map.of());
      case TooLarge e ->
          status(
              Code.RESOURCE_EXHAUSTED, e, "TOO_LARGE", Map.of("limit", Long.toString(e.limit())));
      case BodyTimeout e -> status(Code.DEADLINE_EXCEEDED, e, "BODY_TIMEOUT", Map.of());
      case TooManyRequests e ->
          status(
              Code.RESOURCE_EXHAUSTED,
              e,
              "TOO_MANY_REQUESTS",
              Map.of(),
              retryAfter(e.retryAfter()));
      case Unavailable e -> status(Code.UNAVAILABLE, e, "UNAVAILABLE", Map.of(), retryAfter(SOON));
    };
  }

  private static Status status(
      Code code,
      RegistryError error,
      String reason,
      Map<String, String> metadata,
      Message... details) {
    Status.Builder status =
        Status.newBuilder().setCode(code.getNumber()).setMessage(error.message());
    status.addDetails(
        Any.pack(
            ErrorInfo.newBuilder()
                .setReason(reason)
                .setDomain(DOMAIN)
                .putAllMetadata(metadata)
                .build()));
    for (Message detail : details) status.addDetails(Any.pack(detail));
    return status.build();
  }

  private static Map<String, String> about(ResourceType type) {
    return Map.of("resource", name(type));
  }

  private static ResourceInfo resource(ResourceType type, String id) {
    return ResourceInfo.newBuilder().setResourceType(name(type)).setResourceName(id).build();
  }

  private static BadRequest badRequest(String field, String reason, String help) {
    return BadRequest.newBuilder()
        .addFieldViolations(
            FieldViolation.newBuilder().setField(field).setReason(reason).setDescription(help))
        .build();
  }

  private static PreconditionFailure precondition(PreconditionFailed error) {
    return PreconditionFailure.newBuilder()
        .addViolations(
            PreconditionFailure.Violation.newBuilder()
                .setType(error.rule().name())
                .setSubject(name(error.resource()))
                .setDescription(error.help()))
        .build();
  }

  private static QuotaFailure quota(QuotaExceeded error) {
    return QuotaFailure.newBuilder()
        .addViolations(
            QuotaFailure.Violation.newBuilder()
                .setSubject(error.resource())
                .setDescription(error.message()))
        .build();
  }

  private static RetryInfo retryAfter(Duration delay) {
    return RetryInfo.newBuilder()
        .setRetryDelay(
            com.google.protobuf.Duration.newBuilder()
                .setSeconds(delay.getSeconds())
                .setNanos(delay.getNano()))
        .build();
  }

  private static String name(ResourceType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }
}
