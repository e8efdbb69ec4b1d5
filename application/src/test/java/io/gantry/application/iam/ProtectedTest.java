package io.gantry.application.iam;

import static io.gantry.application.ControlPlane.failureOf;
import static io.gantry.domain.access.PermissionSet.CONTAINER_REGISTRY_READ_ONLY;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.error.RegistryError.PreconditionFailed;
import io.gantry.domain.error.RegistryError.PreconditionFailed.Rule;
import io.gantry.domain.identity.ApplicationId;
import io.gantry.domain.identity.ConfiguredBearer;
import io.gantry.domain.identity.KeyDetails;
import io.gantry.domain.identity.Policy;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What comes from configuration is not changed, be the caller who they may. */
final class ProtectedTest {
  private final IamUseCases iam = new IamUseCases();
  private final KeyDetails configured = iam.stored(IamUseCases.BOSS).orElseThrow();
  private final ApplicationId bearer = configured.bearer();
  private final Policy policy = ConfiguredBearer.policy(configured);

  @Test
  void theKey() {
    isProtected(() -> iam.deleteKey.handle(iam.boss, IamUseCases.BOSS));
    isProtected(
        () ->
            iam.updateKey.handle(
                iam.boss,
                new UpdateApiKey.Command(
                    IamUseCases.BOSS, Optional.of("mine"), Optional.empty(), Optional.empty())));
  }

  @Test
  void itsApplication() {
    isProtected(() -> iam.deleteApplication.handle(iam.boss, bearer));
    isProtected(
        () ->
            iam.createKey.handle(
                iam.boss,
                new CreateApiKey.Command(bearer, "", Optional.empty(), Optional.empty())));
    isProtected(
        () ->
            iam.createPolicy(
                iam.boss,
                new Recipient.OneApplication(bearer),
                iam.everywhereInOurs(CONTAINER_REGISTRY_READ_ONLY)));
  }

  @Test
  void itsPolicy() {
    isProtected(() -> iam.deletePolicy.handle(iam.boss, policy.id()));
    isProtected(
        () ->
            iam.setRules.handle(
                iam.boss,
                policy.id(),
                List.of(iam.everywhereInOurs(CONTAINER_REGISTRY_READ_ONLY))));
    isProtected(
        () ->
            iam.updatePolicy.handle(
                iam.boss,
                new UpdatePolicy.Command(
                    policy.id(),
                    new LabelChange(Optional.empty(), Optional.empty(), Optional.empty()),
                    Optional.of(new Recipient.Nobody()))));
  }

  private void isProtected(ThrowingCallable call) {
    assertThat(failureOf(call))
        .isInstanceOfSatisfying(
            PreconditionFailed.class,
            failure -> assertThat(failure.rule()).isEqualTo(Rule.PROTECTED_RESOURCE));
    assertThat(iam.stored(IamUseCases.BOSS)).contains(configured);
  }
}
