package io.gantry.persistence.access;

import io.gantry.domain.access.PermissionSet;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** Permission sets as they are stored: by their published names. */
final class PermissionSets {
  private PermissionSets() {}

  static PermissionSet named(String name) {
    return PermissionSet.find(name)
        .orElseThrow(() -> new IllegalStateException("unknown set " + name));
  }

  static Set<PermissionSet> named(Collection<String> names) {
    return names.stream().map(PermissionSets::named).collect(Collectors.toUnmodifiableSet());
  }

  static String[] names(Set<PermissionSet> sets) {
    return sets.stream().map(PermissionSet::publishedName).sorted().toArray(String[]::new);
  }
}
