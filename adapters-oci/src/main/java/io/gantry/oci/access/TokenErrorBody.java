package io.gantry.oci.access;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.gantry.domain.error.ArgumentReason;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryError.InvalidArgument;
import io.gantry.domain.error.RegistryError.Unauthenticated;
import io.gantry.domain.error.RegistryError.Unavailable;
import io.gantry.oci.error.OciErrorBody;
import java.util.List;

/**
 * The body of a failure of the token service: as the registry's other failures, which is what
 * registry clients read, and as RFC 6749 section 5.2 has it, which is what OAuth 2 clients read.
 *
 * @param error a word of RFC 6749
 */
record TokenErrorBody(
    List<OciErrorBody.Entry> errors,
    String error,
    @JsonProperty("error_description") String description) {
  TokenErrorBody {
    errors = List.copyOf(errors);
  }

  static TokenErrorBody of(String code, RegistryError error) {
    return new TokenErrorBody(
        OciErrorBody.of(code, error.message()).errors(), word(error), error.message());
  }

  private static String word(RegistryError error) {
    return switch (error) {
      case Unauthenticated _ -> "invalid_grant";
      case InvalidArgument e
          when e.argument().equals(TokenResource.GRANT_TYPE)
              && e.reason() == ArgumentReason.CONSTRAINT ->
          "unsupported_grant_type";
      case Unavailable _ -> "temporarily_unavailable";
      default -> "invalid_request";
    };
  }
}
