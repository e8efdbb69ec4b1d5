package io.gantry.oci.error;

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
import io.gantry.domain.error.RegistryError.PreconditionFailed.Rule;
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
import io.gantry.domain.error.ResourceType;

/** The one translator of failures into OCI Distribution's "Error Codes" and statuses. */
public final class OciErrors {
  private OciErrors() {}

  /**
   * An answer.
   *
   * @param status of HTTP
   * @param code of the specification's table, or one that its implementations share
   */
  public record Answer(int status, String code) {}

  /** What to answer to a failure. */
  public static Answer of(RegistryError error) {
    return switch (error) {
      case NotFound e -> new Answer(404, unknown(e.resource()));
      case AlreadyExists _ -> new Answer(409, "DENIED");
      case InvalidArgument e -> new Answer(400, invalid(e.argument()));
      case PermissionDenied _ -> new Answer(403, "DENIED");
      case Unauthenticated _ -> new Answer(401, "UNAUTHORIZED");
      case EncryptionRequired _ -> new Answer(403, "DENIED");
      case PreconditionFailed e -> precondition(e.rule());
      case TransientState _ -> new Answer(409, "BLOB_UPLOAD_INVALID");
      case QuotaExceeded _ -> new Answer(403, "DENIED");
      case DigestMismatch _ -> new Answer(400, "DIGEST_INVALID");
      case SizeMismatch _ -> new Answer(400, "SIZE_INVALID");
      case RangeInvalid _ -> new Answer(416, "RANGE_INVALID");
      case ManifestInvalid _ -> new Answer(400, "MANIFEST_INVALID");
      case ReferencedContentMissing _ -> new Answer(400, "MANIFEST_BLOB_UNKNOWN");
      case Unsupported _ -> new Answer(405, "UNSUPPORTED");
      case TooLarge _ -> new Answer(413, "SIZE_INVALID");
      case BodyTimeout _ -> new Answer(408, "BLOB_UPLOAD_INVALID");
      case TooManyRequests _ -> new Answer(429, "TOOMANYREQUESTS");
      case Unavailable _ -> new Answer(503, "UNAVAILABLE");
    };
  }

  private static Answer precondition(Rule rule) {
    return switch (rule) {
      case RESOURCE_CHANGED -> new Answer(412, "PRECONDITION_FAILED");
      case RESOURCE_STILL_IN_USE, RESOURCE_NOT_USABLE, PROTECTED_RESOURCE ->
          new Answer(405, "UNSUPPORTED");
    };
  }

  private static String unknown(ResourceType resource) {
    return switch (resource) {
      case BLOB -> "BLOB_UNKNOWN";
      case UPLOAD -> "BLOB_UPLOAD_UNKNOWN";
      case MANIFEST, TAG -> "MANIFEST_UNKNOWN";
      case NAMESPACE, IMAGE, REPOSITORY, PROJECT, ORGANIZATION, API_KEY, APPLICATION, POLICY ->
          "NAME_UNKNOWN";
    };
  }

  private static String invalid(String argument) {
    return switch (argument) {
      case "name" -> "NAME_INVALID";
      case "digest", "digest-algorithm" -> "DIGEST_INVALID";
      case "tag" -> "TAG_INVALID";
      case "mediaType" -> "MANIFEST_INVALID";
      case "Content-Range", "upload_id" -> "BLOB_UPLOAD_INVALID";
      case "n", "last" -> "PAGINATION_NUMBER_INVALID";
      default -> "UNSUPPORTED";
    };
  }
}
