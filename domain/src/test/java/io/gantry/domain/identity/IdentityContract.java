package io.gantry.domain.identity;

import static io.gantry.domain.access.PermissionSet.ALL_PRODUCTS_FULL_ACCESS;
import static io.gantry.domain.access.PermissionSet.CONTAINER_REGISTRY_FULL_ACCESS;
import static io.gantry.domain.access.PermissionSet.CONTAINER_REGISTRY_READ_ONLY;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.ApiKey;
import io.gantry.domain.access.Grants;
import io.gantry.domain.access.KeyRepository;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.Project;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.access.SecretKey;
import io.gantry.domain.identity.Rule.Everywhere;
import io.gantry.domain.identity.Rule.InProjects;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What the repositories of identity do together; they are empty before each test. */
public abstract class IdentityContract {
  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00.123456Z");
  private static final Instant LATER = THEN.plusSeconds(60);

  private final OrganizationId ours = new OrganizationId(UUID.randomUUID());
  private final ProjectDetails project =
      new ProjectDetails(
          new ProjectId(UUID.randomUUID()),
          ours,
          new Label("made", "over the API"),
          Origin.MADE,
          THEN,
          THEN);
  private final Application application =
      new Application(
          new ApplicationId(UUID.randomUUID()),
          ours,
          new Label("ci", "pushes", List.of("a", "b")),
          Origin.MADE,
          THEN,
          THEN);
  private final Rule inProject =
      new Rule(
          UUID.randomUUID(),
          Set.of(CONTAINER_REGISTRY_FULL_ACCESS),
          new InProjects(Set.of(project.id())));
  private final Rule everywhere =
      new Rule(UUID.randomUUID(), Set.of(CONTAINER_REGISTRY_READ_ONLY), new Everywhere());
  private final Policy policy =
      new Policy(
          new PolicyId(UUID.randomUUID()),
          ours,
          new Label("push", "", List.of("t")),
          Origin.MADE,
          Optional.of(application.id()),
          List.of(inProject, everywhere),
          THEN,
          THEN);
  private final KeyDetails key =
      KeyDetails.made(
          new ApiKey(
              new AccessKey("SCWMADEXXXXXXXXXXXXX"),
              SecretKey.of(UUID.randomUUID()).hash(),
              ours,
              project.id(),
              policy.grants(),
              "made",
              Optional.of(LATER)),
          application.id(),
          THEN);

  protected abstract UnitOfWork unitOfWork();

  protected abstract KeyRepository authentication();

  protected abstract ProjectRepository projects();

  protected abstract ApplicationRepository applications();

  protected abstract PolicyRepository policies();

  protected abstract KeyDetailsRepository keys();

  @Test
  void keepsWhatIsAdded() {
    addAll();

    assertThat(in(() -> projects().find(project.id()))).contains(project);
    assertThat(in(() -> projects().findLocked(project.id()))).contains(project);
    assertThat(in(() -> applications().find(application.id()))).contains(application);
    assertThat(in(() -> applications().findLocked(application.id()))).contains(application);
    assertThat(in(() -> policies().find(policy.id()))).contains(policy);
    assertThat(in(() -> policies().findLocked(policy.id()))).contains(policy);
    assertThat(in(() -> keys().find(key.key().accessKey()))).contains(key);
    assertThat(in(() -> keys().findLocked(key.key().accessKey()))).contains(key);
  }

  @Test
  void locksWhatTheSameTransactionAdded() {
    var found =
        in(
            () -> {
              applications().add(application);
              return applications().findLocked(application.id());
            });

    assertThat(found).contains(application);
  }

  @Test
  void listsTheOrganizationsThatHaveProjects() {
    assertThat(in(() -> projects().organizations())).isEmpty();
    OrganizationId first = new OrganizationId(new UUID(0x1000L, 1));
    OrganizationId second = new OrganizationId(new UUID(0xF000_0000_0000_0000L, 1));
    unitOfWork().run(() -> List.of(second, first, second).forEach(this::addProjectOf));

    assertThat(in(() -> projects().organizations())).containsExactly(first, second);
  }

  private void addProjectOf(OrganizationId organization) {
    projects()
        .add(
            new ProjectDetails(
                new ProjectId(UUID.randomUUID()),
                organization,
                new Label("of one", ""),
                Origin.MADE,
                THEN,
                THEN));
  }

  @Test
  void listsWhatAnOrganizationHas() {
    addAll();
    OrganizationId theirs = new OrganizationId(UUID.randomUUID());

    assertThat(in(() -> projects().ofOrganization(ours))).containsExactly(project);
    assertThat(in(() -> applications().ofOrganization(ours))).containsExactly(application);
    assertThat(in(() -> policies().ofOrganization(ours))).containsExactly(policy);
    assertThat(in(() -> policies().ofApplication(application.id()))).containsExactly(policy);
    assertThat(in(() -> keys().ofOrganization(ours))).containsExactly(key);
    assertThat(in(() -> projects().ofOrganization(theirs))).isEmpty();
    assertThat(in(() -> applications().ofOrganization(theirs))).isEmpty();
    assertThat(in(() -> policies().ofOrganization(theirs))).isEmpty();
    assertThat(in(() -> keys().ofOrganization(theirs))).isEmpty();
  }

  @Test
  void aKeyHasTheRightsThatPoliciesGiveItsApplication() {
    addAll();

    assertThat(loggedIn()).map(ApiKey::grants).contains(policy.grants());

    unitOfWork().run(() -> policies().update(policy.ruledBy(List.of(everywhere), LATER)));
    assertThat(loggedIn()).map(ApiKey::grants).contains(everywhere.grants());

    unitOfWork().run(() -> policies().update(policy.givenTo(Optional.empty(), LATER)));
    assertThat(loggedIn()).map(ApiKey::grants).contains(Grants.NONE);
    assertThat(in(() -> authentication().findByAccessKey(key.key().accessKey())))
        .map(ApiKey::grants)
        .contains(Grants.NONE);
  }

  @Test
  void removingAPolicyTakesTheRights() {
    addAll();

    unitOfWork().run(() -> policies().remove(policy.id()));

    assertThat(loggedIn()).map(ApiKey::grants).contains(Grants.NONE);
    assertThat(in(() -> policies().find(policy.id()))).isEmpty();
  }

  @Test
  void storesChanges() {
    addAll();
    ProjectDetails renamed = project.relabelled(new Label("renamed", "d"), LATER);
    Application tagged = application.relabelled(new Label("n", "d", List.of("c")), LATER);
    KeyDetails changed = key.onTerms("new", project.id(), Optional.of(LATER.plusSeconds(1)), LATER);
    unitOfWork()
        .run(
            () -> {
              projects().update(renamed);
              applications().update(tagged);
              keys().update(changed);
            });

    assertThat(in(() -> projects().find(project.id()))).contains(renamed);
    assertThat(in(() -> applications().find(application.id()))).contains(tagged);
    assertThat(in(() -> keys().find(key.key().accessKey()))).contains(changed);
  }

  @Test
  void removingAnApplicationRemovesItsKeysAndLeavesItsPolicies() {
    addAll();

    unitOfWork().run(() -> applications().remove(application.id()));

    assertThat(in(() -> applications().find(application.id()))).isEmpty();
    assertThat(loggedIn()).isEmpty();
    assertThat(in(() -> policies().find(policy.id())).orElseThrow().principal()).isEmpty();
  }

  @Test
  void aRemovedKeyIsNobodys() {
    addAll();

    unitOfWork().run(() -> keys().remove(key.key().accessKey()));

    assertThat(loggedIn()).isEmpty();
    assertThat(in(() -> keys().find(key.key().accessKey()))).isEmpty();
  }

  @Test
  void aRemovedProjectIsInNoRule() {
    addAll();
    assertThat(in(() -> projects().useOf(project.id()))).isEqualTo(ProjectUse.EMPTY);

    unitOfWork().run(() -> projects().remove(project.id()));

    assertThat(in(() -> projects().find(project.id()))).isEmpty();
    assertThat(in(() -> policies().find(policy.id())).orElseThrow().projects()).isEmpty();
  }

  @Test
  void remembersTheLatestUse() {
    addAll();
    AccessKey unknown = new AccessKey("SCWUNKNOWNXXXXXXXXXX");

    unitOfWork().run(() -> keys().markUsed(Map.of(key.key().accessKey(), LATER, unknown, LATER)));
    unitOfWork().run(() -> keys().markUsed(Map.of(key.key().accessKey(), THEN)));

    assertThat(in(() -> keys().find(key.key().accessKey())).orElseThrow().lastUsedAt())
        .contains(LATER);
  }

  @Test
  void configurationLeavesWhatWasMade() {
    addAll();
    ApiKey configured =
        new ApiKey(
            new AccessKey("SCWCONFIGUREDXXXXXXX"),
            SecretKey.of(UUID.randomUUID()).hash(),
            ours,
            project.id(),
            new Grants(Set.of(ALL_PRODUCTS_FULL_ACCESS), Map.of()),
            "",
            Optional.empty());
    Project fromFile = new Project(new ProjectId(UUID.randomUUID()), ours, "file");

    unitOfWork()
        .run(() -> authentication().replaceConfigured(List.of(fromFile), List.of(configured)));

    KeyDetails found = in(() -> keys().find(configured.accessKey())).orElseThrow();
    assertThat(found.key()).isEqualTo(configured);
    assertThat(found.origin()).isEqualTo(Origin.CONFIGURED);
    assertThat(found.bearer()).isEqualTo(ConfiguredBearer.idOf(configured.accessKey()));
    assertThat(in(() -> authentication().projectsOf(ours)))
        .containsExactlyInAnyOrder(project.id(), fromFile.id());
    assertThat(in(() -> projects().find(fromFile.id())).orElseThrow().origin())
        .isEqualTo(Origin.CONFIGURED);

    unitOfWork().run(() -> authentication().replaceConfigured(List.of(), List.of()));

    assertThat(in(() -> keys().ofOrganization(ours))).containsExactly(key);
    assertThat(in(() -> projects().find(fromFile.id())).orElseThrow().origin())
        .isEqualTo(Origin.MADE);
  }

  private void addAll() {
    unitOfWork()
        .run(
            () -> {
              projects().add(project);
              applications().add(application);
              policies().add(policy);
              keys().add(key);
            });
  }

  private Optional<ApiKey> loggedIn() {
    return in(() -> authentication().findBySecret(key.key().secretHash()));
  }

  private <T> T in(Supplier<T> work) {
    return unitOfWork().inTransaction(work);
  }
}
