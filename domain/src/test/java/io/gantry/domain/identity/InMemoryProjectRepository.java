package io.gantry.domain.identity;

import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.identity.Rule.InProjects;
import io.gantry.domain.namespace.Namespace;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Projects in memory, and the namespaces of a registry in memory. */
public final class InMemoryProjectRepository implements ProjectRepository {
  private final InMemoryIdentity identity;
  private final InMemoryRegistry registry;

  public InMemoryProjectRepository(InMemoryIdentity identity, InMemoryRegistry registry) {
    this.identity = identity;
    this.registry = registry;
  }

  @Override
  public Optional<ProjectDetails> find(ProjectId id) {
    return identity.locked(() -> Optional.ofNullable(identity.projects.get(id)));
  }

  @Override
  public Optional<ProjectDetails> findLocked(ProjectId id) {
    return find(id);
  }

  @Override
  public List<ProjectDetails> ofOrganization(OrganizationId organization) {
    return identity.locked(
        () ->
            identity.projects.values().stream()
                .filter(project -> project.organization().equals(organization))
                .toList());
  }

  @Override
  public List<OrganizationId> organizations() {
    return identity.locked(
        () ->
            identity.projects.values().stream()
                .map(ProjectDetails::organization)
                .distinct()
                .sorted(Comparator.comparing(OrganizationId::toString))
                .toList());
  }

  @Override
  public void add(ProjectDetails project) {
    var _ = identity.locked(() -> identity.projects.put(project.id(), project));
  }

  @Override
  public void update(ProjectDetails project) {
    var _ = identity.locked(() -> identity.projects.replace(project.id(), project));
  }

  @Override
  public ProjectUse useOf(ProjectId id) {
    List<Namespace> held =
        registry.locked(
            () ->
                registry.namespaces.values().stream()
                    .filter(namespace -> namespace.project().equals(id))
                    .toList());
    if (held.isEmpty()) return ProjectUse.EMPTY;
    return held.stream().anyMatch(Namespace::isReady)
        ? ProjectUse.IN_USE
        : ProjectUse.BEING_EMPTIED;
  }

  @Override
  public void remove(ProjectId id) {
    var _ =
        identity.locked(
            () -> {
              identity.policies.replaceAll((_, policy) -> without(id, policy));
              return identity.projects.remove(id);
            });
  }

  private static Policy without(ProjectId project, Policy policy) {
    return policy.ruledBy(
        policy.rules().stream().map(rule -> without(project, rule)).toList(), policy.updatedAt());
  }

  private static Rule without(ProjectId project, Rule rule) {
    if (!(rule.scope() instanceof InProjects(Set<ProjectId> projects))) return rule;
    Set<ProjectId> rest = new HashSet<>(projects);
    rest.remove(project);
    return new Rule(rule.id(), rule.sets(), new InProjects(rest));
  }
}
