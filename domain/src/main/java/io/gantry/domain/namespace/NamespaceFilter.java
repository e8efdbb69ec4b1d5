package io.gantry.domain.namespace;

import io.gantry.domain.access.ProjectId;
import java.util.Optional;
import java.util.Set;

/**
 * Which namespaces a list is about.
 *
 * @param projects only namespaces of these; none gives an empty list
 * @param name only the one with exactly this name
 */
public record NamespaceFilter(
    Region region, Set<ProjectId> projects, Optional<NamespaceName> name) {
  public NamespaceFilter {
    projects = Set.copyOf(projects);
  }
}
