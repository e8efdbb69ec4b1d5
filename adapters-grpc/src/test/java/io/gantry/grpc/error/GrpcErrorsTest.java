package io.gantry.grpc.error;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.gantry.domain.error.ArgumentReason;
import io.gantry.domain.error.LoggedFailures;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryError.AlreadyExists;
import io.gantry.domain.error.RegistryError.BodyTimeout;
import io.gantry.domain.error.RegistryError.DigestMismatch;
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
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class GrpcErrorsTest {

  static Stream<Arguments> errors() {
    return Stream.of(
        of(new NotFound(ResourceType.TAG, "1"), Code.NOT_FOUND, "NOT_FOUND", "ResourceInfo"),
        of(
            new AlreadyExists(ResourceType.NAMESPACE, "1", "use another name"),
            Code.ALREADY_EXISTS,
            "ALREADY_EXISTS",
            "ResourceInfo"),
        of(
            new InvalidArgument("page", ArgumentReason.CONSTRAINT, "must be 1 or greater"),
            Code.INVALID_ARGUMENT,
            "INVALID_ARGUMENT",
            "BadRequest"),
        of(
            new PermissionDenied("write", ResourceType.IMAGE, "ask"),
            Code.PERMISSION_DENIED,
            "PERMISSION_DENIED"),
        of(new RegistryError.EncryptionRequired(), Code.PERMISSION_DENIED, "ENCRYPTION_REQUIRED"),
        of(
            new Unauthenticated(Unauthenticated.Cause.UNKNOWN),
            Code.UNAUTHENTICATED,
            "CREDENTIALS_UNKNOWN"),
        of(
            new PreconditionFailed(ResourceType.TAG, Rule.RESOURCE_STILL_IN_USE, "use force"),
            Code.FAILED_PRECONDITION,
            "RESOURCE_STILL_IN_USE",
            "PreconditionFailure"),
        of(
            new TransientState(ResourceType.NAMESPACE, "1", "deleting"),
            Code.ABORTED,
            "TRANSIENT_STATE",
            "ResourceInfo",
            "RetryInfo"),
        of(
            new QuotaExceeded("namespaces", 3, 3),
            Code.RESOURCE_EXHAUSTED,
            "QUOTA_EXCEEDED",
            "QuotaFailure"),
        of(new DigestMismatch("a", "b"), Code.INVALID_ARGUMENT, "DIGEST_MISMATCH"),
        of(new SizeMismatch(1, 2), Code.INVALID_ARGUMENT, "SIZE_MISMATCH"),
        of(new RangeInvalid("1", 2), Code.OUT_OF_RANGE, "RANGE_INVALID", "ResourceInfo"),
        of(new ManifestInvalid("no layers"), Code.INVALID_ARGUMENT, "MANIFEST_INVALID"),
        of(
            new ReferencedContentMissing(List.of("sha256:1")),
            Code.FAILED_PRECONDITION,
            "REFERENCED_CONTENT_MISSING"),
        of(new Unsupported("not offered"), Code.UNIMPLEMENTED, "UNSUPPORTED"),
        of(new TooLarge("the request", 5), Code.RESOURCE_EXHAUSTED, "TOO_LARGE"),
        of(new BodyTimeout("too slow"), Code.DEADLINE_EXCEEDED, "BODY_TIMEOUT"),
        of(
            new TooManyRequests(Duration.ofMillis(1500)),
            Code.RESOURCE_EXHAUSTED,
            "TOO_MANY_REQUESTS",
            "RetryInfo"),
        of(new Unavailable("the disk is full"), Code.UNAVAILABLE, "UNAVAILABLE", "RetryInfo"));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void hasACodeAReasonAndDetails(
      RegistryError error, Code code, String reason, List<String> details) throws Exception {
    Status status = GrpcErrors.toStatus(new RegistryException(error));

    assertThat(Code.forNumber(status.getCode())).isEqualTo(code);
    assertThat(status.getMessage()).isEqualTo(error.message());
    ErrorInfo info = status.getDetails(0).unpack(ErrorInfo.class);
    assertThat(info.getDomain()).isEqualTo("registry.gantry");
    assertThat(info.getReason()).isEqualTo(reason).matches("[A-Z][A-Z0-9_]+[A-Z0-9]");
    assertThat(status.getDetailsList().stream().skip(1).map(Any::getTypeUrl))
        .containsExactlyElementsOf(
            details.stream().map("type.googleapis.com/google.rpc."::concat).toList());
  }

  @Test
  void knowsEveryKindOfFailure() {
    assertThat(errors().<Class<?>>map(arguments -> requireNonNull(arguments.get()[0]).getClass()))
        .containsExactlyInAnyOrder(RegistryError.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @EnumSource
  void givesEveryCauseAReasonOfItsOwn(Unauthenticated.Cause cause) throws Exception {
    Status status = GrpcErrors.toStatus(new Unauthenticated(cause));

    assertThat(Code.forNumber(status.getCode())).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(status.getDetails(0).unpack(ErrorInfo.class).getReason()).contains(cause.name());
  }

  @Test
  void saysWhenToRetryToTheMillisecond() throws Exception {
    Status status = GrpcErrors.toStatus(new TooManyRequests(Duration.ofMillis(1500)));

    var delay = status.getDetails(1).unpack(RetryInfo.class).getRetryDelay();
    assertThat(delay.getSeconds()).isEqualTo(1);
    assertThat(delay.getNanos()).isEqualTo(500_000_000);
  }

  @ParameterizedTest
  @MethodSource
  void tellsNothingOfABug(Throwable bug) {
    assertThat(GrpcErrors.toStatus(bug))
        .isEqualTo(
            Status.newBuilder().setCode(Code.INTERNAL_VALUE).setMessage("internal error").build());
  }

  static Stream<Throwable> tellsNothingOfABug() {
    return Stream.of(
        new IllegalStateException("select 1"),
        new NullPointerException(),
        new StackOverflowError(),
        new io.grpc.StatusRuntimeException(io.grpc.Status.DATA_LOSS.withDescription("inner")));
  }

  @Test
  void logsWhyTheRegistryCannotAnswer() {
    var cause = new IllegalStateException("connection refused");
    var failure = new RegistryException(new Unavailable("database"), cause);

    assertThat(logged(failure)).containsExactly(failure);
    assertThat(logged(new RegistryException(new TooManyRequests(Duration.ofSeconds(1))))).isEmpty();
  }

  private static List<Throwable> logged(RegistryException failure) {
    return LoggedFailures.of(GrpcErrors.class, () -> GrpcErrors.toStatus(failure));
  }

  private static Arguments of(RegistryError error, Code code, String reason, String... details) {
    return Arguments.of(error, code, reason, Arrays.asList(details));
  }
}
