package io.gantry.domain.access;

import java.util.Set;
import java.util.stream.Collectors;

/** Who calls. */
public sealed interface Principal {

  /** Nobody in particular. */
  record Anonymous() implements Principal {}

  /** The bearer of an API key that is good now. */
  record KeyHolder(ApiKey key) implements Principal {

    public boolean may(Permission permission, ProjectId project) {
      return key.grants().getOrDefault(project, Set.of()).stream()
          .anyMatch(set -> set.allows(permission));
    }

    /** The projects in which the permission is granted. */
    public Set<ProjectId> projectsWith(Permission permission) {
      return key.grants().keySet().stream()
          .filter(project -> may(permission, project))
          .collect(Collectors.toUnmodifiableSet());
    }
  }
}
