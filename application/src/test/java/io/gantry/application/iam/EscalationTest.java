package io.gantry.application.iam;

import static io.gantry.application.ControlPlane.failureOf;
import static io.gantry.domain.access.PermissionSet.ALL_PRODUCTS_FULL_ACCESS;
import static io.gantry.domain.access.PermissionSet.CONTAINER_REGISTRY_FULL_ACCESS;
import static io.gantry.domain.access.PermissionSet.CONTAINER_REGISTRY_READ_ONLY;
import static io.gantry.domain.access.PermissionSet.IAM_MANAGER;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.access.Caller;
import io.gantry.domain.access.Grants;
import io.gantry.domain.error.RegistryError.NotFound;
import io.gantry.domain.error.RegistryError.PermissionDenied;
import io.gantry.domain.identity.Application;
import io.gantry.domain.identity.Policy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Nobody gives, by whatever way, what they do not hold. */
final class EscalationTest {
  private final IamUseCases iam = new IamUseCases();

  /** Manages identity, and reads everywhere. */
  private final Caller reader =
      iam.from(iam.ours, IamUseCases.everywhere(IAM_MANAGER, CONTAINER_REGISTRY_READ_ONLY));

  @Test
  void byRules() {
    Policy harmless =
        iam.createPolicy(
            reader, new Recipient.Nobody(), iam.everywhereInOurs(CONTAINER_REGISTRY_READ_ONLY));

    for (RuleSpec tooMuch : tooMuch()) {
      refused(() -> iam.createPolicy(reader, new Recipient.Nobody(), tooMuch));
      refused(() -> iam.setRules.handle(reader, harmless.id(), List.of(tooMuch)));
    }
    assertThat(iam.policies.find(harmless.id())).contains(harmless);
  }

  @Test
  void byAPolicyOfSomebodyElse() {
    Policy strong =
        iam.createPolicy(
            iam.boss, new Recipient.Nobody(), iam.everywhereInOurs(ALL_PRODUCTS_FULL_ACCESS));
    Application application = iam.addApplication();

    refused(() -> iam.updatePolicy.handle(reader, given(strong, application)));

    assertThat(iam.policies.ofApplication(application.id())).isEmpty();
    assertThat(iam.updatePolicy.handle(iam.boss, given(strong, application)).principal())
        .contains(application.id());
  }

  @Test
  void byAKeyOfAStrongerApplication() {
    for (RuleSpec tooMuch : tooMuch()) {
      Application strong = iam.addApplication();
      Policy policy = iam.give(strong, tooMuch);
      refused(() -> iam.createKey(reader, strong));
      iam.deletePolicy.handle(reader, policy.id());
      assertThat(iam.createKey(reader, strong).details().key().grants()).isEqualTo(Grants.NONE);
      iam.deleteApplication.handle(reader, strong.id());
    }
  }

  @Test
  void byExtendingAStrongerKey() {
    Application strong = iam.addApplication();
    var _ = iam.give(strong, iam.everywhereInOurs(CONTAINER_REGISTRY_FULL_ACCESS));
    IssuedKey key = iam.createKey(iam.boss, strong);
    var later =
        new UpdateApiKey.Command(
            key.details().key().accessKey(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(iam.clock.instant().plus(Duration.ofDays(1))));

    refused(() -> iam.updateKey.handle(reader, later));

    assertThat(iam.updateKey.handle(iam.boss, later).key().expiresAt()).isPresent();
  }

  @Test
  void byAProjectInPlaceOfTheOrganization() {
    Caller inOne =
        iam.from(
            iam.ours,
            new Grants(
                Set.of(IAM_MANAGER), Map.of(iam.project, Set.of(CONTAINER_REGISTRY_FULL_ACCESS))));

    refused(
        () ->
            iam.createPolicy(
                inOne, new Recipient.Nobody(), iam.everywhereInOurs(CONTAINER_REGISTRY_READ_ONLY)));
    refused(
        () ->
            iam.createPolicy(
                inOne,
                new Recipient.Nobody(),
                iam.in(iam.otherProject, CONTAINER_REGISTRY_READ_ONLY)));
    assertThat(
            iam.createPolicy(
                    inOne,
                    new Recipient.Nobody(),
                    iam.in(iam.project, CONTAINER_REGISTRY_FULL_ACCESS))
                .projects())
        .containsExactly(iam.project);
  }

  @Test
  void byRightsThatCountInProjectsOnly() {
    Caller writer =
        iam.from(
            iam.ours, Grants.inProjects(Map.of(iam.project, Set.of(ALL_PRODUCTS_FULL_ACCESS))));

    refused(
        () ->
            iam.createPolicy(
                writer, new Recipient.Nobody(), iam.in(iam.project, CONTAINER_REGISTRY_READ_ONLY)));
    Application application = iam.addApplication();
    assertThat(failureOf(() -> iam.createKey(writer, application)))
        .isInstanceOf(PermissionDenied.class);
  }

  @Test
  void inAnotherOrganization() {
    Application application = iam.addApplication();
    IssuedKey key = iam.createKey(iam.boss, application);
    Caller stranger = iam.from(iam.theirs, IamUseCases.everywhere(ALL_PRODUCTS_FULL_ACCESS));

    assertThat(failureOf(() -> iam.createKey(stranger, application))).isInstanceOf(NotFound.class);
    assertThat(failureOf(() -> iam.deleteKey.handle(stranger, key.details().key().accessKey())))
        .isInstanceOf(NotFound.class);
    assertThat(
            failureOf(
                () ->
                    iam.createPolicy(
                        stranger,
                        new Recipient.OneApplication(application.id()),
                        iam.in(iam.theirProject, CONTAINER_REGISTRY_READ_ONLY))))
        .isInstanceOf(NotFound.class);
  }

  private List<RuleSpec> tooMuch() {
    return List.of(
        iam.in(iam.project, CONTAINER_REGISTRY_FULL_ACCESS),
        iam.everywhereInOurs(CONTAINER_REGISTRY_FULL_ACCESS),
        iam.everywhereInOurs(ALL_PRODUCTS_FULL_ACCESS));
  }

  private static UpdatePolicy.Command given(Policy policy, Application application) {
    return new UpdatePolicy.Command(
        policy.id(),
        new LabelChange(Optional.empty(), Optional.empty(), Optional.empty()),
        Optional.of(new Recipient.OneApplication(application.id())));
  }

  private static void refused(ThrowingCallable call) {
    assertThat(failureOf(call)).isInstanceOf(PermissionDenied.class);
  }
}
