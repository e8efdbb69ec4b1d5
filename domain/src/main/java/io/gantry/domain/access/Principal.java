package io.gantry.domain.access;

import java.util.Set;
import java.util.stream.Collectors;

/** Who calls. */
public sealed interface Principal {

  /** Nobody in particular. */
  record Anonymous() implements Principal {}

  /** The bearer of an API key that is good now. */
  record KeyHolder(ApiKey key) implements Principal {

    /** Whether it is granted in this project by name. */
    public boolean may(Permission permission, ProjectId project) {
      return key.grants().allowIn(project, permission);
    }

    /** Whether it is granted in all projects of the key's organization. */
    public boolean mayEverywhere(Permission permission) {
      return key.grants().allowEverywhere(permission);
    }

    /** The projects in which the permission is granted by name. */
    public Set<ProjectId> projectsWith(Permission permission) {
      return key.grants().inProjects().keySet().stream()
          .filter(project -> may(permission, project))
          .collect(Collectors.toUnmodifiableSet());
    }
  }
}
