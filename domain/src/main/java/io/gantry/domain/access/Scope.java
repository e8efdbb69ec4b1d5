package io.gantry.domain.access;

import java.util.Set;

/**
 * What a token was issued for: actions on one repository.
 *
 * @param repository the repository's path
 */
public record Scope(String repository, Set<Action> actions) {
  /**
   * For listing repositories, in the token protocol {@code registry:catalog:*}. No repository has
   * this path, as none has a colon.
   */
  public static final Scope CATALOG = new Scope("registry:catalog", Set.of(Action.PULL));

  public Scope {
    actions = Set.copyOf(actions);
  }
}
