package io.gantry.domain.access;

import io.gantry.domain.access.Principal.Anonymous;
import java.util.Optional;
import java.util.Set;

/**
 * A principal, and what limits it on this request.
 *
 * @param scopes if present, only these actions, whatever the principal may do otherwise
 */
public record Caller(Principal principal, Optional<Set<Scope>> scopes) {
  public static final Caller ANONYMOUS = of(new Anonymous());

  public static Caller of(Principal principal) {
    return new Caller(principal, Optional.empty());
  }

  boolean hasScopeFor(Action action, Resource resource) {
    return scopes.isEmpty()
        || scopes.get().stream()
            .anyMatch(
                scope ->
                    scope.repository().equals(resource.id()) && scope.actions().contains(action));
  }
}
