package io.gantry.domain.access;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Permission sets, and where they count.
 *
 * @param everywhere in all projects of the organization, those to come included
 * @param inProjects in single projects
 */
public record Grants(Set<PermissionSet> everywhere, Map<ProjectId, Set<PermissionSet>> inProjects) {
  public static final Grants NONE = new Grants(Set.of(), Map.of());

  public Grants {
    everywhere = Set.copyOf(everywhere);
    inProjects =
        inProjects.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
  }

  public static Grants inProjects(Map<ProjectId, Set<PermissionSet>> grants) {
    return new Grants(Set.of(), grants);
  }

  /** Both together. */
  public Grants and(Grants other) {
    var projects = new HashMap<ProjectId, Set<PermissionSet>>(inProjects);
    other.inProjects.forEach((project, sets) -> projects.merge(project, sets, Grants::union));
    return new Grants(union(everywhere, other.everywhere), projects);
  }

  public boolean allowEverywhere(Permission permission) {
    return allow(everywhere, permission);
  }

  /** Whether it is granted in this project by name; what is granted everywhere does not count. */
  public boolean allowIn(ProjectId project, Permission permission) {
    return allow(inProjects.getOrDefault(project, Set.of()), permission);
  }

  /**
   * Whether these allow all that {@code other} would, for somebody of the same organization. What a
   * single project cannot give is not asked of it.
   */
  public boolean cover(Grants other) {
    for (Permission permission : Permission.values()) {
      if (allowEverywhere(permission)) continue;
      if (other.allowEverywhere(permission)) return false;
      if (!permission.isAboutOrganization() && !coverInProjects(other, permission)) return false;
    }
    return true;
  }

  private boolean coverInProjects(Grants other, Permission permission) {
    return other.inProjects.keySet().stream()
        .filter(project -> other.allowIn(project, permission))
        .allMatch(project -> allowIn(project, permission));
  }

  private static boolean allow(Set<PermissionSet> sets, Permission permission) {
    return sets.stream().anyMatch(set -> set.allows(permission));
  }

  private static Set<PermissionSet> union(Set<PermissionSet> one, Set<PermissionSet> other) {
    Set<PermissionSet> both = EnumSet.noneOf(PermissionSet.class);
    both.addAll(one);
    both.addAll(other);
    return both;
  }
}
