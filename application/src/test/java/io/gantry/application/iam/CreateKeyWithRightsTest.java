package io.gantry.application.iam;

import static io.gantry.application.ControlPlane.failureOf;
import static io.gantry.domain.access.PermissionSet.ALL_PRODUCTS_FULL_ACCESS;
import static io.gantry.domain.access.PermissionSet.CONTAINER_REGISTRY_READ_ONLY;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.PermissionSet;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.access.Resource;
import io.gantry.domain.error.RegistryError.InvalidArgument;
import io.gantry.domain.error.RegistryError.NotFound;
import io.gantry.domain.error.RegistryError.PermissionDenied;
import io.gantry.domain.error.RegistryError.PreconditionFailed;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.identity.KeyDetails;
import io.gantry.domain.identity.Label;
import io.gantry.domain.identity.Origin;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class CreateKeyWithRightsTest {
  private final IamUseCases iam = new IamUseCases();

  @Test
  void anOperatorMakesAKeyThatManagesTheOrganization() {
    IssuedKey issued =
        iam.createKeyWithRights.handle(
            iam.operator.in(iam.ours), command(iam.everywhereInOurs(ALL_PRODUCTS_FULL_ACCESS)));

    Caller holder = iam.holderOf(issued);
    assertThat(iam.access.permits(holder, Action.PUSH, in(iam.project))).isTrue();
    assertThat(iam.access.permits(holder, Action.PUSH, in(iam.otherProject))).isTrue();
    assertThat(iam.access.permits(holder, Action.READ, in(iam.theirProject))).isFalse();
    assertThat(iam.createKey(holder, iam.addApplication()).details().key().organization())
        .isEqualTo(iam.ours);
  }

  @Test
  void theKeyIsAsOneMadeInThreeSteps() {
    IssuedKey issued =
        iam.createKeyWithRights.handle(
            iam.boss, command(iam.in(iam.otherProject, CONTAINER_REGISTRY_READ_ONLY)));

    KeyDetails details = iam.stored(issued.details().key().accessKey()).orElseThrow();
    assertThat(details.origin()).isEqualTo(Origin.MADE);
    assertThat(details.key().description()).isEqualTo("why");
    assertThat(details.key().defaultProject()).isEqualTo(iam.project);
    assertThat(iam.applications.find(details.bearer())).isPresent();
    assertThat(iam.policies.ofApplication(details.bearer()))
        .singleElement()
        .satisfies(policy -> assertThat(policy.projects()).containsExactly(iam.otherProject));
  }

  @Test
  void refusesWhatTheCallerMayNotGiveAndMakesNoKey() {
    Caller manager = iam.manager();

    assertThat(
            failureOf(
                () ->
                    iam.createKeyWithRights.handle(
                        manager, command(iam.everywhereInOurs(CONTAINER_REGISTRY_READ_ONLY)))))
        .isInstanceOf(PermissionDenied.class);
    assertThat(
            failureOf(
                () ->
                    iam.createKeyWithRights.handle(
                        iam.boss, command(iam.in(iam.theirProject, ALL_PRODUCTS_FULL_ACCESS)))))
        .isInstanceOf(InvalidArgument.class);
    assertThat(iam.keys.ofOrganization(iam.ours)).hasSize(1);
  }

  @Test
  void theOperatorKnowsTheOrganizationsAndHasNoKey() {
    assertThat(iam.operator.organizations()).containsExactlyInAnyOrder(iam.ours, iam.theirs);
    OrganizationId nobodys = new OrganizationId(UUID.randomUUID());
    assertThat(failureOf(() -> iam.operator.in(nobodys)))
        .isEqualTo(new NotFound(ResourceType.ORGANIZATION, nobodys.toString()));
    assertThat(iam.keys.ofOrganization(iam.ours))
        .extracting(details -> details.key().accessKey())
        .containsExactly(IamUseCases.BOSS);
  }

  @Test
  void theOperatorRevokesWhatWasMadeAndNotWhatIsConfigured() {
    IssuedKey issued =
        iam.createKeyWithRights.handle(
            iam.boss, command(iam.everywhereInOurs(PermissionSet.IAM_MANAGER)));
    var accessKey = issued.details().key().accessKey();

    iam.deleteKey.handle(iam.operator.beside(accessKey), accessKey);

    assertThat(iam.authentication.findBySecret(issued.secret().hash())).isEmpty();
    assertThat(failureOf(() -> iam.operator.beside(accessKey)))
        .isEqualTo(new NotFound(ResourceType.API_KEY, accessKey.value()));
    assertThat(
            failureOf(
                () ->
                    iam.deleteKey.handle(iam.operator.beside(IamUseCases.BOSS), IamUseCases.BOSS)))
        .isInstanceOf(PreconditionFailed.class);
  }

  private CreateKeyWithRights.Command command(RuleSpec rights) {
    return new CreateKeyWithRights.Command(
        iam.ours, new Label("made", "why"), rights, Optional.empty(), Optional.empty());
  }

  private static Resource in(ProjectId project) {
    return new Resource(ResourceType.NAMESPACE, "id", project, false);
  }
}
