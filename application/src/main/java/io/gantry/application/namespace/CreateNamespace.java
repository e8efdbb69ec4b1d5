package io.gantry.application.namespace;

import io.gantry.application.Instants;
import io.gantry.application.namespace.Owner.CallersDefault;
import io.gantry.application.namespace.Owner.OfOrganization;
import io.gantry.application.namespace.Owner.OfProject;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.ApiKey;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.KeyRepository;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.Project;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.access.Resource;
import io.gantry.domain.error.RegistryError.PermissionDenied;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.NamespaceName;
import io.gantry.domain.namespace.NamespaceRepository;
import io.gantry.domain.namespace.Region;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Adds a namespace, which is usable at once. */
public final class CreateNamespace {
  /** What only the registry's operator may do: {@code PermissionDenied} names it to others. */
  public static final String ADMINISTER = "administer";

  private final AccessPolicy access;
  private final KeyRepository keys;
  private final NamespaceRepository namespaces;
  private final UnitOfWork unitOfWork;
  private final Clock clock;

  public CreateNamespace(
      AccessPolicy access,
      KeyRepository keys,
      NamespaceRepository namespaces,
      UnitOfWork unitOfWork,
      Clock clock) {
    this.access = access;
    this.keys = keys;
    this.namespaces = namespaces;
    this.unitOfWork = unitOfWork;
    this.clock = clock;
  }

  /** The namespace to add. */
  public record Command(
      Region region, NamespaceName name, String description, Owner owner, boolean isPublic) {}

  /**
   * Returns the new namespace.
   *
   * @throws RegistryException {@code PermissionDenied} if the name is reserved or the caller may
   *     not write to the project, whether or not they may see it; {@code AlreadyExists}
   */
  public Namespace handle(Caller caller, Command command) {
    ApiKey key = access.requireKey(caller).key();
    if (command.name().isReserved()) {
      throw denied(ADMINISTER, "names that start with scw are reserved");
    }
    Instant now = Instants.now(clock);
    return unitOfWork.inTransaction(
        () -> {
          Project owner = requireOwner(caller, key, command);
          Namespace namespace =
              Namespace.create(
                  new NamespaceId(UUID.randomUUID()),
                  command.region(),
                  command.name(),
                  command.description(),
                  owner.organization(),
                  owner.id(),
                  command.isPublic(),
                  now);
          namespaces.add(namespace);
          return namespace;
        });
  }

  private Project requireOwner(Caller caller, ApiKey key, Command command) {
    return ownerOf(key, command.owner())
        .filter(project -> mayWrite(caller, command, project))
        .flatMap(project -> keys.findProjectLocked(project.id()))
        .orElseThrow(
            () -> denied("write", "this API key may not create namespaces in that project"));
  }

  private boolean mayWrite(Caller caller, Command command, Project project) {
    Resource wanted =
        new Resource(
            ResourceType.NAMESPACE, command.name().value(), project.id(), command.isPublic());
    return access.permits(caller, Action.WRITE, wanted);
  }

  private Optional<Project> ownerOf(ApiKey key, Owner owner) {
    return switch (owner) {
      case CallersDefault() -> keys.findProject(key.defaultProject());
      case OfProject(ProjectId project) -> keys.findProject(project);
      case OfOrganization(OrganizationId organization) -> defaultProject(key, organization);
    };
  }

  /** The project with the organization's own UUID, else the key's default one; only of its own. */
  private Optional<Project> defaultProject(ApiKey key, OrganizationId organization) {
    if (!organization.equals(key.organization())) return Optional.empty();
    return keys.findProject(new ProjectId(organization.value()))
        .or(() -> keys.findProject(key.defaultProject()))
        .filter(project -> project.organization().equals(organization));
  }

  private static RegistryException denied(String action, String help) {
    return new RegistryException(new PermissionDenied(action, ResourceType.NAMESPACE, help));
  }
}
