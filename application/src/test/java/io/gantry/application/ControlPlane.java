package io.gantry.application;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gantry.application.access.ReadableProjects;
import io.gantry.domain.Catalogue;
import io.gantry.domain.MutableClock;
import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.ApiKey;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.InMemoryKeyRepository;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.PermissionSet;
import io.gantry.domain.access.Principal.KeyHolder;
import io.gantry.domain.access.Project;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.access.SecretKey;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.NamespaceName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * A registry in memory with two organizations: ours with two projects, theirs with one; and the
 * callers that tests need.
 */
public final class ControlPlane {
  public final Catalogue catalogue = Catalogue.inMemory();
  public final InMemoryKeyRepository keys = new InMemoryKeyRepository();
  public final MutableClock clock = new MutableClock();
  public final AccessPolicy access = new AccessPolicy();
  public final ReadableProjects readable = new ReadableProjects(access, keys);

  public final OrganizationId ours = new OrganizationId(UUID.randomUUID());
  public final OrganizationId theirs = new OrganizationId(UUID.randomUUID());
  public final ProjectId project = new ProjectId(UUID.randomUUID());
  public final ProjectId otherProject = new ProjectId(UUID.randomUUID());
  public final ProjectId theirProject = new ProjectId(theirs.value());

  /** May write to both our projects; its default is {@link #project}. */
  public final Caller owner = key("OWNER", ours, project, Set.of(project, otherProject), true);

  /** May read our first project. */
  public final Caller reader = key("READER", ours, project, Set.of(project), false);

  /** May write to their project, which has the UUID of their organization. */
  public final Caller stranger = key("STRANGER", theirs, theirProject, Set.of(theirProject), true);

  /** How often the purger was told of work. */
  public int wakeUps;

  public ControlPlane() {
    keys.replaceConfigured(
        List.of(
            new Project(project, ours, "default"),
            new Project(otherProject, ours, "other"),
            new Project(theirProject, theirs, "default")),
        List.of());
  }

  public void wakePurger() {
    wakeUps++;
  }

  /** A key whose access key contains {@code name}. */
  public static ApiKey apiKey(
      String name,
      OrganizationId organization,
      ProjectId defaultProject,
      Set<ProjectId> granted,
      PermissionSet set) {
    Map<ProjectId, Set<PermissionSet>> grants =
        granted.stream().collect(Collectors.toMap(one -> one, one -> Set.of(set)));
    return new ApiKey(
        new AccessKey("SCW" + (name + "X".repeat(17)).substring(0, 17)),
        SecretKey.of(UUID.randomUUID()).hash(),
        organization,
        defaultProject,
        grants,
        "",
        Optional.empty());
  }

  public Namespace addNamespace(ProjectId owner, String name) {
    return catalogue.add(
        Namespace.create(
            new NamespaceId(UUID.randomUUID()),
            Catalogue.REGION,
            new NamespaceName(name),
            "",
            owner.equals(theirProject) ? theirs : ours,
            owner,
            false,
            Instants.now(clock)));
  }

  /** The failure that {@code call} ends in. */
  public static RegistryError failureOf(ThrowingCallable call) {
    return catchThrowableOfType(RegistryException.class, call).error();
  }

  private static Caller key(
      String name,
      OrganizationId organization,
      ProjectId defaultProject,
      Set<ProjectId> granted,
      boolean writes) {
    PermissionSet set =
        writes
            ? PermissionSet.CONTAINER_REGISTRY_FULL_ACCESS
            : PermissionSet.CONTAINER_REGISTRY_READ_ONLY;
    return Caller.of(new KeyHolder(apiKey(name, organization, defaultProject, granted, set)));
  }
}
