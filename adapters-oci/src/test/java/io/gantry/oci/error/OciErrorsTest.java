package io.gantry.oci.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.gantry.domain.error.ArgumentReason;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryError.InvalidArgument;
import io.gantry.domain.error.RegistryError.NotFound;
import io.gantry.domain.error.RegistryError.PreconditionFailed.Rule;
import io.gantry.domain.error.RegistryError.Unauthenticated.Cause;
import io.gantry.domain.error.ResourceType;
import io.gantry.oci.error.OciErrors.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class OciErrorsTest {

  static Stream<Arguments> answers() {
    return Stream.of(
        arguments(new NotFound(ResourceType.BLOB, "x"), 404, "BLOB_UNKNOWN"),
        arguments(new RegistryError.AlreadyExists(ResourceType.TAG, "x", "another"), 409, "DENIED"),
        arguments(
            new InvalidArgument("name", ArgumentReason.FORMAT, "is bad"), 400, "NAME_INVALID"),
        arguments(
            new RegistryError.PermissionDenied("push", ResourceType.REPOSITORY, "no"),
            403,
            "DENIED"),
        arguments(new RegistryError.EncryptionRequired(), 403, "DENIED"),
        arguments(new RegistryError.Unauthenticated(Cause.MISSING), 401, "UNAUTHORIZED"),
        arguments(
            new RegistryError.PreconditionFailed(
                ResourceType.BLOB, Rule.RESOURCE_STILL_IN_USE, "used"),
            405,
            "UNSUPPORTED"),
        arguments(
            new RegistryError.TransientState(ResourceType.UPLOAD, "x", "busy"),
            409,
            "BLOB_UPLOAD_INVALID"),
        arguments(new RegistryError.QuotaExceeded("bytes", 1, 2), 403, "DENIED"),
        arguments(new RegistryError.DigestMismatch("a", "b"), 400, "DIGEST_INVALID"),
        arguments(new RegistryError.SizeMismatch(1, 2), 400, "SIZE_INVALID"),
        arguments(new RegistryError.RangeInvalid("x", 3), 416, "RANGE_INVALID"),
        arguments(new RegistryError.ManifestInvalid("bad"), 400, "MANIFEST_INVALID"),
        arguments(
            new RegistryError.ReferencedContentMissing(List.of("x")), 400, "MANIFEST_BLOB_UNKNOWN"),
        arguments(new RegistryError.Unsupported("no"), 405, "UNSUPPORTED"),
        arguments(new RegistryError.TooLarge("it", 1), 413, "SIZE_INVALID"),
        arguments(new RegistryError.BodyTimeout("slow"), 408, "BLOB_UPLOAD_INVALID"),
        arguments(new RegistryError.TooManyRequests(Duration.ofSeconds(1)), 429, "TOOMANYREQUESTS"),
        arguments(new RegistryError.Unavailable("full"), 503, "UNAVAILABLE"));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void answersEachKindOfFailure(RegistryError error, int status, String code) {
    assertThat(OciErrors.of(error)).isEqualTo(new Answer(status, code));
  }

  @Test
  void hasAnAnswerInThisTestForEveryKind() {
    Set<Class<?>> answered =
        answers()
            .flatMap(row -> Stream.of(row.get()))
            .filter(RegistryError.class::isInstance)
            .map(Object::getClass)
            .collect(Collectors.toSet());
    assertThat(answered).containsExactlyInAnyOrder(RegistryError.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @EnumSource(ResourceType.class)
  void namesWhatWasNotFound(ResourceType resource) {
    Map<ResourceType, String> codes =
        Map.of(
            ResourceType.BLOB, "BLOB_UNKNOWN",
            ResourceType.UPLOAD, "BLOB_UPLOAD_UNKNOWN",
            ResourceType.MANIFEST, "MANIFEST_UNKNOWN",
            ResourceType.TAG, "MANIFEST_UNKNOWN");
    assertThat(OciErrors.of(new NotFound(resource, "x")))
        .isEqualTo(new Answer(404, codes.getOrDefault(resource, "NAME_UNKNOWN")));
  }

  @ParameterizedTest
  @CsvSource({
    "name, NAME_INVALID",
    "digest, DIGEST_INVALID",
    "tag, TAG_INVALID",
    "mediaType, MANIFEST_INVALID",
    "Content-Range, BLOB_UPLOAD_INVALID",
    "n, PAGINATION_NUMBER_INVALID",
    "last, PAGINATION_NUMBER_INVALID",
    "anything, UNSUPPORTED"
  })
  void namesTheArgumentThatIsWrong(String argument, String code) {
    assertThat(OciErrors.of(new InvalidArgument(argument, ArgumentReason.CONSTRAINT, "")))
        .isEqualTo(new Answer(400, code));
  }
}
