package io.gantry.domain.identity;

import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.ApiKey;
import io.gantry.domain.access.Grants;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.Project;
import io.gantry.domain.access.ProjectId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The tables that the fakes of identity share, each access under one lock. */
public final class InMemoryIdentity {
  private static final Instant CONFIGURED_AT = Instant.parse("2026-01-01T00:00:00Z");

  final Map<ProjectId, ProjectDetails> projects = new LinkedHashMap<>();
  final Map<ApplicationId, Application> applications = new LinkedHashMap<>();
  final Map<PolicyId, Policy> policies = new LinkedHashMap<>();
  final Map<AccessKey, KeyDetails> keys = new LinkedHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  public <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  public Optional<Project> project(ProjectId id) {
    return locked(() -> Optional.ofNullable(projects.get(id)).map(ProjectDetails::project));
  }

  public List<ProjectId> projectsOf(OrganizationId organization) {
    return locked(
        () ->
            projects.values().stream()
                .filter(project -> project.organization().equals(organization))
                .map(ProjectDetails::id)
                .toList());
  }

  /** All keys with the rights they have now. */
  public List<KeyDetails> keys() {
    return locked(() -> keys.values().stream().map(this::withRights).toList());
  }

  private KeyDetails withRights(KeyDetails key) {
    if (key.origin() == Origin.CONFIGURED) return key;
    return key.with(
        policies.values().stream()
            .filter(policy -> policy.isOf(key.bearer()))
            .map(Policy::grants)
            .reduce(Grants.NONE, Grants::and));
  }

  /** What {@code KeyRepository.replaceConfigured} says, secrets having been checked. */
  public void replaceConfigured(List<Project> newProjects, List<ApiKey> newKeys) {
    var _ =
        locked(
            () -> {
              projects.replaceAll((_, project) -> withOrigin(project, Origin.MADE));
              newProjects.forEach(project -> projects.put(project.id(), configured(project)));
              keys.values().removeIf(key -> key.origin() == Origin.CONFIGURED);
              newKeys.forEach(key -> keys.put(key.accessKey(), configured(key)));
              return true;
            });
  }

  private ProjectDetails configured(Project project) {
    ProjectDetails before = projects.get(project.id());
    return new ProjectDetails(
        project.id(),
        project.organization(),
        new Label(project.name(), before == null ? "" : before.label().description()),
        Origin.CONFIGURED,
        CONFIGURED_AT,
        CONFIGURED_AT);
  }

  private static ProjectDetails withOrigin(ProjectDetails project, Origin origin) {
    return new ProjectDetails(
        project.id(),
        project.organization(),
        project.label(),
        origin,
        project.createdAt(),
        project.updatedAt());
  }

  private static KeyDetails configured(ApiKey key) {
    return new KeyDetails(
        key,
        ConfiguredBearer.idOf(key.accessKey()),
        Origin.CONFIGURED,
        CONFIGURED_AT,
        CONFIGURED_AT,
        Optional.empty());
  }
}
