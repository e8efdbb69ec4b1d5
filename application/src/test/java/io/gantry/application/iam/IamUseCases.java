package io.gantry.application.iam;

import io.gantry.application.access.KnownProjects;
import io.gantry.application.project.CreateProject;
import io.gantry.domain.Catalogue;
import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.MutableClock;
import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.ApiKey;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.Grants;
import io.gantry.domain.access.InMemoryKeyRepository;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.PermissionSet;
import io.gantry.domain.access.Principal.KeyHolder;
import io.gantry.domain.access.Project;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.access.SecretKey;
import io.gantry.domain.identity.Application;
import io.gantry.domain.identity.InMemoryApplicationRepository;
import io.gantry.domain.identity.InMemoryIdentity;
import io.gantry.domain.identity.InMemoryKeyDetailsRepository;
import io.gantry.domain.identity.InMemoryPolicyRepository;
import io.gantry.domain.identity.InMemoryProjectRepository;
import io.gantry.domain.identity.KeyDetails;
import io.gantry.domain.identity.Label;
import io.gantry.domain.identity.Policy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * The use cases of identity over a registry in memory. Configuration gives {@link #ours} two
 * projects and the key of {@link #boss}, and {@link #theirs} one project.
 */
final class IamUseCases {
  static final int QUOTA = 5;
  static final AccessKey BOSS = new AccessKey("SCWBOSSXXXXXXXXXXXXX");

  final OrganizationId ours = new OrganizationId(UUID.randomUUID());
  final OrganizationId theirs = new OrganizationId(UUID.randomUUID());
  final ProjectId project = new ProjectId(ours.value());
  final ProjectId otherProject = new ProjectId(UUID.randomUUID());
  final ProjectId theirProject = new ProjectId(theirs.value());

  private final InMemoryRegistry registry = new InMemoryRegistry();
  final Catalogue catalogue = Catalogue.inMemory(registry);
  final InMemoryKeyRepository authentication = new InMemoryKeyRepository();
  private final InMemoryIdentity identity = authentication.identity();
  final InMemoryProjectRepository projects = new InMemoryProjectRepository(identity, registry);
  final InMemoryApplicationRepository applications = new InMemoryApplicationRepository(identity);
  final InMemoryPolicyRepository policies = new InMemoryPolicyRepository(identity);
  final InMemoryKeyDetailsRepository keys = new InMemoryKeyDetailsRepository(identity);
  final MutableClock clock = new MutableClock();
  final AccessPolicy access =
      new AccessPolicy(
          new KnownProjects(id -> authentication.findProject(id).map(Project::organization)));

  private final Directory directory = new Directory(access, keys, applications, policies, QUOTA);
  private final Rules rules = new Rules(access, projects);
  final CreateApplication createApplication =
      new CreateApplication(directory, applications, catalogue.unitOfWork(), clock);
  final DeleteApplication deleteApplication =
      new DeleteApplication(directory, applications, catalogue.unitOfWork());
  final CreatePolicy createPolicy =
      new CreatePolicy(directory, policies, rules, catalogue.unitOfWork(), clock);
  final UpdatePolicy updatePolicy =
      new UpdatePolicy(directory, policies, catalogue.unitOfWork(), clock);
  final DeletePolicy deletePolicy = new DeletePolicy(directory, policies, catalogue.unitOfWork());
  final SetRules setRules = new SetRules(directory, policies, rules, catalogue.unitOfWork(), clock);
  final CreateApiKey createKey =
      new CreateApiKey(
          directory, keys, policies, projects, catalogue.unitOfWork(), clock, new Random(1));
  final UpdateApiKey updateKey =
      new UpdateApiKey(directory, keys, projects, catalogue.unitOfWork(), clock);
  final DeleteApiKey deleteKey = new DeleteApiKey(directory, keys, catalogue.unitOfWork());
  final CreateProject createProject =
      new CreateProject(access, projects, catalogue.unitOfWork(), clock, QUOTA);
  final CreateKeyWithRights createKeyWithRights =
      new CreateKeyWithRights(createApplication, createPolicy, createKey, catalogue.unitOfWork());
  final Operator operator = new Operator(projects, keys, catalogue.unitOfWork(), new Random(2));

  /** May do everything in ours; its key is {@link #BOSS}. */
  final Caller boss = Caller.of(new KeyHolder(bossKey()));

  IamUseCases() {
    authentication.replaceConfigured(
        List.of(
            new Project(project, ours, "default"),
            new Project(otherProject, ours, "other"),
            new Project(theirProject, theirs, "default")),
        List.of(bossKey()));
  }

  /** A caller from ours, whose key is stored nowhere, with these rights. */
  Caller from(OrganizationId organization, Grants grants) {
    return Caller.of(
        new KeyHolder(
            new ApiKey(
                new AccessKey("SCWCALLERXXXXXXXXXXX"),
                SecretKey.of(UUID.randomUUID()).hash(),
                organization,
                project,
                grants,
                "",
                Optional.empty())));
  }

  /** May manage keys, applications and policies of ours, and nothing in its projects. */
  Caller manager() {
    return from(ours, everywhere(PermissionSet.IAM_MANAGER));
  }

  static Grants everywhere(PermissionSet... sets) {
    return new Grants(Set.of(sets), Map.of());
  }

  RuleSpec in(ProjectId where, PermissionSet... sets) {
    return new RuleSpec(Set.of(sets), Optional.empty(), Set.of(where));
  }

  RuleSpec everywhereInOurs(PermissionSet... sets) {
    return new RuleSpec(Set.of(sets), Optional.of(ours), Set.of());
  }

  Application addApplication() {
    return createApplication
        .handle(boss, new CreateApplication.Command(Optional.empty(), new Label("application", "")))
        .application();
  }

  /** What the boss gives the application. */
  Policy give(Application application, RuleSpec... specs) {
    return createPolicy(boss, new Recipient.OneApplication(application.id()), specs);
  }

  Policy createPolicy(Caller caller, Recipient recipient, RuleSpec... specs) {
    return createPolicy.handle(
        caller,
        new CreatePolicy.Command(
            Optional.empty(), new Label("policy", ""), recipient, List.of(specs)));
  }

  IssuedKey createKey(Caller caller, Application application) {
    return createKey.handle(
        caller, new CreateApiKey.Command(application.id(), "", Optional.empty(), Optional.empty()));
  }

  /** Who logs in with a key now. */
  Caller holderOf(IssuedKey key) {
    return Caller.of(new KeyHolder(authentication.findBySecret(key.secret().hash()).orElseThrow()));
  }

  Optional<KeyDetails> stored(AccessKey accessKey) {
    return catalogue.transaction(() -> keys.find(accessKey));
  }

  private ApiKey bossKey() {
    return new ApiKey(
        BOSS,
        SecretKey.of(new UUID(0, 1)).hash(),
        ours,
        project,
        everywhere(PermissionSet.ALL_PRODUCTS_FULL_ACCESS),
        "boss",
        Optional.empty());
  }
}
