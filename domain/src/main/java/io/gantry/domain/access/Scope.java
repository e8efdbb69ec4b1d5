package io.gantry.domain.access;

import java.util.Set;

/**
 * What a token was issued for: actions on one repository.
 *
 * @param repository the repository's path
 */
public record Scope(String repository, Set<Action> actions) {
  public Scope {
    actions = Set.copyOf(actions);
  }
}
