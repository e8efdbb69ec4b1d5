package io.gantry.bootstrap.access;

import io.gantry.domain.access.ApiKey;
import io.gantry.domain.access.Project;
import java.util.List;
import java.util.stream.Stream;

/** Projects, and the keys that may do something in them. */
record Identity(List<Project> projects, List<ApiKey> keys) {
  static final Identity NONE = new Identity(List.of(), List.of());

  Identity {
    projects = List.copyOf(projects);
    keys = List.copyOf(keys);
  }

  Identity and(Identity other) {
    return new Identity(
        Stream.concat(projects.stream(), other.projects.stream()).toList(),
        Stream.concat(keys.stream(), other.keys.stream()).toList());
  }
}
