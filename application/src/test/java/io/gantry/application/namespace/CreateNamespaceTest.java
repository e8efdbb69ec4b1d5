package io.gantry.application.namespace;

import static io.gantry.application.ControlPlane.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.application.ControlPlane;
import io.gantry.application.namespace.Owner.CallersDefault;
import io.gantry.application.namespace.Owner.OfOrganization;
import io.gantry.application.namespace.Owner.OfProject;
import io.gantry.domain.Catalogue;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.error.ArgumentReason;
import io.gantry.domain.error.RegistryError.AlreadyExists;
import io.gantry.domain.error.RegistryError.InvalidArgument;
import io.gantry.domain.error.RegistryError.PermissionDenied;
import io.gantry.domain.error.RegistryError.Unauthenticated;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.NamespaceName;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.namespace.Status;
import io.gantry.domain.namespace.Usage;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class CreateNamespaceTest {
  private final ControlPlane plane = new ControlPlane();
  private final CreateNamespace create =
      new CreateNamespace(
          plane.access,
          plane.keys,
          plane.catalogue.namespaces(),
          plane.catalogue.unitOfWork(),
          plane.clock);

  @Test
  void addsAnEmptyNamespaceThatIsReadyAtOnce() {
    plane.clock.advance(Duration.ofNanos(1_999));

    Namespace made = create(plane.owner, "demo", new OfProject(plane.otherProject));

    assertThat(made.status()).isEqualTo(Status.READY);
    assertThat(made.usage()).isEqualTo(Usage.NOTHING);
    assertThat(made.project()).isEqualTo(plane.otherProject);
    assertThat(made.organization()).isEqualTo(plane.ours);
    assertThat(made.createdAt()).isEqualTo(made.updatedAt());
    assertThat(made.createdAt()).isEqualTo(plane.clock.instant().minusNanos(999));
    assertThat(plane.catalogue.namespace(made.id())).isEqualTo(made);
  }

  @Test
  void usesTheKeysDefaultProjectWithoutAnOwner() {
    assertThat(create(plane.owner, "demo", new CallersDefault()).project())
        .isEqualTo(plane.project);
  }

  @Test
  void usesTheProjectWithTheOrganizationsOwnId() {
    assertThat(create(plane.stranger, "demo", new OfOrganization(plane.theirs)).project())
        .isEqualTo(plane.theirProject);
  }

  @Test
  void usesTheKeysDefaultProjectForAnOrganizationWithoutOne() {
    assertThat(create(plane.owner, "demo", new OfOrganization(plane.ours)).project())
        .isEqualTo(plane.project);
  }

  @Test
  void refusesAnotherOrganization() {
    assertThat(failureOf(() -> create(plane.owner, "demo", new OfOrganization(plane.theirs))))
        .isInstanceOf(PermissionDenied.class);
  }

  @Test
  void refusesAProjectTheCallerMayOnlyReadOrNotSeeOrThatIsNotThereAlike() {
    assertThat(failureOf(() -> create(plane.reader, "demo", new OfProject(plane.project))))
        .isEqualTo(failureOf(() -> create(plane.owner, "demo", new OfProject(plane.theirProject))))
        .isEqualTo(failureOf(() -> create(plane.owner, "demo", new OfProject(unknownProject()))))
        .isInstanceOf(PermissionDenied.class);
  }

  @Test
  void keepsNamesWithTheReservedPrefixForTheOperator() {
    assertThat(failureOf(() -> create(plane.owner, "scwdemo", new CallersDefault())))
        .isInstanceOfSatisfying(
            PermissionDenied.class,
            e -> assertThat(e.action()).isEqualTo(CreateNamespace.ADMINISTER));
  }

  @Test
  void refusesATakenNameInTheRegionWhoeverHasIt() {
    var _ = create(plane.stranger, "demo", new CallersDefault());

    assertThat(failureOf(() -> create(plane.owner, "demo", new CallersDefault())))
        .isInstanceOf(AlreadyExists.class);
  }

  @Test
  void allowsTheSameNameInAnotherRegion() {
    var _ = create(plane.owner, "demo", new CallersDefault());

    assertThat(
            create
                .handle(
                    plane.owner,
                    new CreateNamespace.Command(
                        new Region("nl-ams"),
                        new NamespaceName("demo"),
                        "",
                        new CallersDefault(),
                        false))
                .region())
        .isEqualTo(new Region("nl-ams"));
  }

  @Test
  void asksAnonymousCallersWhoTheyAre() {
    assertThat(failureOf(() -> create(Caller.ANONYMOUS, "demo", new CallersDefault())))
        .isInstanceOf(Unauthenticated.class);
  }

  @Test
  void readsAnOwnerFromEitherIdButNotBoth() {
    String id = UUID.randomUUID().toString();

    assertThat(Owner.parse("", "")).isEqualTo(new CallersDefault());
    assertThat(Owner.parse(id, "")).isEqualTo(new OfProject(ProjectId.parse(id)));
    assertThat(Owner.parse("", id)).isInstanceOf(OfOrganization.class);
    assertThat(failureOf(() -> Owner.parse(id, id)))
        .isInstanceOfSatisfying(
            InvalidArgument.class,
            e -> assertThat(e.reason()).isEqualTo(ArgumentReason.CONSTRAINT));
  }

  private Namespace create(Caller caller, String name, Owner owner) {
    return create.handle(
        caller,
        new CreateNamespace.Command(Catalogue.REGION, new NamespaceName(name), "", owner, false));
  }

  private static ProjectId unknownProject() {
    return new ProjectId(UUID.randomUUID());
  }
}
