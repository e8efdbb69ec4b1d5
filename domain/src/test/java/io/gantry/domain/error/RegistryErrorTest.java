package io.gantry.domain.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.error.RegistryError.PreconditionFailed.Rule;
import io.gantry.domain.error.RegistryError.Unauthenticated.Cause;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class RegistryErrorTest {
  private static final ResourceType IMAGE = ResourceType.IMAGE;

  static Stream<RegistryError> oneOfEach() {
    return Stream.of(
        new RegistryError.NotFound(IMAGE, "1"),
        new RegistryError.AlreadyExists(IMAGE, "1", "choose another name"),
        new RegistryError.InvalidArgument("name", ArgumentReason.FORMAT, "must be short"),
        new RegistryError.PermissionDenied("push", IMAGE, "this API key may not"),
        new RegistryError.Unauthenticated(Cause.MISSING),
        new RegistryError.EncryptionRequired(),
        new RegistryError.PreconditionFailed(IMAGE, Rule.RESOURCE_STILL_IN_USE, "it is used"),
        new RegistryError.TransientState(IMAGE, "1", "deleting"),
        new RegistryError.QuotaExceeded("images", 1, 1),
        new RegistryError.DigestMismatch("sha256:1", "sha256:2"),
        new RegistryError.SizeMismatch(1, 2),
        new RegistryError.RangeInvalid("1", 2),
        new RegistryError.ManifestInvalid("it is not JSON"),
        new RegistryError.ReferencedContentMissing(List.of("sha256:1")),
        new RegistryError.Unsupported("this is not offered"),
        new RegistryError.TooLarge("the manifest", 1),
        new RegistryError.BodyTimeout("the body stopped arriving"),
        new RegistryError.TooManyRequests(Duration.ofSeconds(1)),
        new RegistryError.Unavailable("the disk is full"));
  }

  @Test
  void theExamplesLeaveNoKindOut() {
    assertThat(oneOfEach().map(Object::getClass).toList())
        .isEqualTo(Arrays.asList(RegistryError.class.getPermittedSubclasses()));
  }

  @ParameterizedTest
  @MethodSource("oneOfEach")
  void hasAMessageThatNamesNoInternals(RegistryError error) {
    assertThat(error.message())
        .isNotBlank()
        .doesNotContain(error.getClass().getSimpleName())
        .doesNotContain("io.gantry", "null", "[", "Exception");
  }

  @ParameterizedTest
  @EnumSource
  void namesEveryResource(ResourceType resource) {
    assertThat(new RegistryError.NotFound(resource, "1").message())
        .matches("[A-Z][A-Za-z ]+ was not found.*");
  }

  @ParameterizedTest
  @EnumSource
  void tellsWhatIsWrongWithCredentials(Cause cause) {
    assertThat(new RegistryError.Unauthenticated(cause).message())
        .isNotBlank()
        .doesNotContain(cause.name());
  }

  @ParameterizedTest
  @MethodSource("oneOfEach")
  void isCarriedByTheException(RegistryError error) {
    assertThat(new RegistryException(error).error()).isSameAs(error);
    assertThat(new RegistryException(error, new IllegalStateException()).error()).isSameAs(error);
  }
}
