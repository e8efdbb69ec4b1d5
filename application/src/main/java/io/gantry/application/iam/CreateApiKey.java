package io.gantry.application.iam;

import io.gantry.application.Instants;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.ApiKey;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.Grants;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.access.SecretKey;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.identity.Application;
import io.gantry.domain.identity.ApplicationId;
import io.gantry.domain.identity.KeyDetails;
import io.gantry.domain.identity.KeyDetailsRepository;
import io.gantry.domain.identity.Policy;
import io.gantry.domain.identity.PolicyRepository;
import io.gantry.domain.identity.ProjectDetails;
import io.gantry.domain.identity.ProjectRepository;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes an API key for an application, whose rights it has. */
public final class CreateApiKey {
  private final Directory directory;
  private final KeyDetailsRepository keys;
  private final PolicyRepository policies;
  private final ProjectRepository projects;
  private final UnitOfWork unitOfWork;
  private final Clock clock;
  private final RandomGenerator random;

  /**
   * @param random not to be guessed
   */
  public CreateApiKey(
      Directory directory,
      KeyDetailsRepository keys,
      PolicyRepository policies,
      ProjectRepository projects,
      UnitOfWork unitOfWork,
      Clock clock,
      RandomGenerator random) {
    this.directory = directory;
    this.keys = keys;
    this.policies = policies;
    this.projects = projects;
    this.unitOfWork = unitOfWork;
    this.clock = clock;
    this.random = random;
  }

  /**
   * The key to make.
   *
   * @param defaultProject if empty, the one with the organization's UUID, else the caller's own
   */
  public record Command(
      ApplicationId application,
      String description,
      Optional<ProjectId> defaultProject,
      Optional<Instant> expiresAt) {}

  /**
   * Returns the key with its secret, of which only a hash is kept.
   *
   * @throws RegistryException {@code PermissionDenied} if the application may do what the caller
   *     may not
   */
  public IssuedKey handle(Caller caller, Command command) {
    return unitOfWork.inTransaction(() -> add(caller, command));
  }

  /** As {@link #handle}, in the transaction that is under way. */
  IssuedKey add(Caller caller, Command command) {
    OrganizationId organization =
        directory.requireMayAdd(caller, ResourceType.API_KEY, Optional.empty());
    Instant now = Instants.now(clock);
    Optional<Instant> expiresAt = KeyTerms.expiry(command.expiresAt(), now);
    SecretKey secret = SecretKey.of(UUID.randomUUID());
    directory.requireRoom(keys.ofOrganization(organization), "api_keys");
    Application bearer = directory.applicationLocked(caller, Action.READ, command.application());
    bearer.origin().requireEditable(ResourceType.APPLICATION);
    Grants grants = grantsOf(bearer);
    directory.access().requireMayGrant(caller, grants);
    var key =
        new ApiKey(
            AccessKey.random(random),
            secret.hash(),
            organization,
            defaultProject(caller, organization, command),
            grants,
            command.description(),
            expiresAt);
    KeyDetails details = KeyDetails.made(key, bearer.id(), now);
    keys.add(details);
    return new IssuedKey(details, secret);
  }

  private Grants grantsOf(Application application) {
    return policies.ofApplication(application.id()).stream()
        .map(Policy::grants)
        .reduce(Grants.NONE, Grants::and);
  }

  private ProjectId defaultProject(Caller caller, OrganizationId organization, Command command) {
    if (command.defaultProject().isPresent()) {
      return KeyTerms.project(projects, organization, command.defaultProject().get());
    }
    ProjectId ofOrganization = new ProjectId(organization.value());
    return projects
        .findLocked(ofOrganization)
        .map(ProjectDetails::id)
        .orElseGet(() -> directory.access().requireKey(caller).key().defaultProject());
  }
}
