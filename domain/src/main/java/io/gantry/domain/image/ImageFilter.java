package io.gantry.domain.image;

import io.gantry.domain.access.ProjectId;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.Region;
import java.util.Optional;
import java.util.Set;

/**
 * Which images a list is about.
 *
 * @param projects only images in namespaces of these; none gives an empty list
 * @param namespace only images of this namespace
 * @param name only those with exactly this name
 */
public record ImageFilter(
    Region region,
    Set<ProjectId> projects,
    Optional<NamespaceId> namespace,
    Optional<ImageName> name) {
  public ImageFilter {
    projects = Set.copyOf(projects);
  }
}
