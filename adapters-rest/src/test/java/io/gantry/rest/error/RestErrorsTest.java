package io.gantry.rest.error;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.gantry.application.namespace.CreateNamespace;
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
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class RestErrorsTest {

  static Stream<Arguments> answers() {
    return Stream.of(
        arguments(
            new NotFound(ResourceType.NAMESPACE, "id"),
            404,
            "{'message':'Namespace was not found'}"),
        arguments(new NotFound(ResourceType.IMAGE, "id"), 404, "{'message':'Image was not found'}"),
        arguments(new NotFound(ResourceType.TAG, "id"), 404, "{'message':'Tag was not found'}"),
        arguments(
            new AlreadyExists(ResourceType.NAMESPACE, "id", "choose another"),
            409,
            "{'help_message':'choose another','message':'Namespace already exist',"
                + "'resource':'namespace','resource_id':'id','type':'already_exists'}"),
        arguments(
            new InvalidArgument("page", ArgumentReason.CONSTRAINT, "must be 1 or greater"),
            400,
            "{'details':[{'argument_name':'page','help_message':'must be 1 or greater',"
                + "'reason':'constraint'}],'message':'invalid argument(s)',"
                + "'type':'invalid_arguments'}"),
        arguments(
            new InvalidArgument("name", ArgumentReason.REQUIRED, "is required"),
            400,
            "{'details':[{'argument_name':'name','help_message':'is required',"
                + "'reason':'required'}],'message':'invalid argument(s)',"
                + "'type':'invalid_arguments'}"),
        arguments(
            new PermissionDenied("write", ResourceType.NAMESPACE, "no"),
            403,
            "{'details':[{'action':'write','resource':'api_namespace'}],"
                + "'message':'insufficient permissions','type':'permissions_denied'}"),
        arguments(
            new PermissionDenied("read", ResourceType.TAG, "no"),
            403,
            "{'details':[{'action':'read','resource':'registry_image'}],"
                + "'message':'insufficient permissions','type':'permissions_denied'}"),
        arguments(
            new PermissionDenied(CreateNamespace.ADMINISTER, ResourceType.NAMESPACE, "no"),
            403,
            "{'details':[{'action':'write','resource':'api_admin_namespace'}],"
                + "'message':'insufficient permissions','type':'permissions_denied'}"),
        arguments(
            new RegistryError.EncryptionRequired(),
            403,
            "{'message':'credentials are taken over TLS only: use https, and replace this key,"
                + " which was sent in the clear','type':'encryption_required'}"),
        arguments(
            new Unauthenticated(Unauthenticated.Cause.MISSING), 401, denied("invalid_argument")),
        arguments(
            new Unauthenticated(Unauthenticated.Cause.MALFORMED), 401, denied("invalid_argument")),
        arguments(new Unauthenticated(Unauthenticated.Cause.UNKNOWN), 401, denied("not_found")),
        arguments(new Unauthenticated(Unauthenticated.Cause.EXPIRED), 401, denied("expired")),
        arguments(
            new PreconditionFailed(
                ResourceType.TAG, PreconditionFailed.Rule.RESOURCE_STILL_IN_USE, "use force"),
            412,
            "{'help_message':'use force','message':'precondition is not respected',"
                + "'precondition':'resource_still_in_use','type':'precondition_failed'}"),
        arguments(
            new TransientState(ResourceType.IMAGE, "id", "deleting"),
            409,
            "{'current_state':'deleting','message':'resource is in a transient state',"
                + "'resource':'image','resource_id':'id','type':'transient_state'}"),
        arguments(
            new QuotaExceeded("namespaces", 25, 26),
            403,
            "{'details':[{'current':26,'quota':25,'resource':'namespaces'}],"
                + "'message':'quota(s) exceeded for this resource','type':'quotas_exceeded'}"),
        arguments(
            new DigestMismatch("a", "b"), 400, "{'message':'the content has digest b, not a'}"),
        arguments(new SizeMismatch(1, 2), 400, "{'message':'the content has 2 bytes, not 1'}"),
        arguments(
            new RangeInvalid("id", 7),
            416,
            "{'message':'the upload holds 7 bytes; continue there'}"),
        arguments(new ManifestInvalid("bad"), 400, "{'message':'bad'}"),
        arguments(
            new ReferencedContentMissing(List.of("sha256:0")),
            400,
            "{'message':'the manifest references sha256:0, which this repository does not have;"
                + " push that first'}"),
        arguments(new Unsupported("not offered"), 501, "{'message':'not offered'}"),
        arguments(
            new TooLarge("the body", 9),
            413,
            "{'message':'the body is larger than the limit of 9 bytes'}"),
        arguments(new BodyTimeout("too slow"), 408, "{'message':'too slow'}"),
        arguments(
            new TooManyRequests(Duration.ofMillis(1500)),
            429,
            "{'help_message':'retry after 2 s','message':'too many requests; retry after 1 s',"
                + "'type':'too_many_requests'}"),
        arguments(new Unavailable("disk full"), 503, "{'message':'disk full'}"));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void answersAsTheClientsRead(RegistryError error, int status, String body) {
    Response answer = RestErrors.toResponse(error);

    assertThat(answer.getStatus()).isEqualTo(status);
    assertThat(new String((byte[]) answer.getEntity(), UTF_8)).isEqualTo(body.replace('\'', '"'));
    assertThat(answer.getMediaType()).hasToString("application/json");
  }

  @Test
  void saysWhenToComeBack() {
    Response tooMany = RestErrors.toResponse(new TooManyRequests(Duration.ofMillis(2500)));
    assertThat(tooMany.getHeaderString("Retry-After")).isEqualTo("3");

    Response unavailable = RestErrors.toResponse(new Unavailable("disk full"));
    assertThat(unavailable.getHeaderString("Retry-After")).isEqualTo("2");
  }

  @Test
  void logsWhyTheRegistryCannotAnswer() {
    var cause = new IllegalStateException("No space left on device");
    var failure = new RegistryException(new Unavailable("disk full"), cause);

    assertThat(logged(failure)).containsExactly(failure);
    var refused = new RegistryException(new TooManyRequests(Duration.ofSeconds(1)));
    assertThat(logged(refused)).isEmpty();
  }

  private static List<Throwable> logged(RegistryException failure) {
    return LoggedFailures.of(RestErrors.class, () -> RestErrors.toResponse(failure));
  }

  @Test
  void coversEveryKindOfFailure() {
    assertThat(answers().map(row -> (Object) requireNonNull(row.get()[0]).getClass()).distinct())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.<Object>asList((Object[]) RegistryError.class.getPermittedSubclasses()));
  }

  private static String denied(String reason) {
    return "{'message':'authentication is denied','method':'api_key','reason':'"
        + reason
        + "','type':'denied_authentication'}";
  }
}
