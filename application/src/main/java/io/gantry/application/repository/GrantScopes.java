package io.gantry.application.repository;

import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.Scope;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.namespace.Region;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Cuts what a token is asked for down to what its holder may do. */
public final class GrantScopes {
  private final RepositoryAccess repositories;
  private final UnitOfWork unitOfWork;

  public GrantScopes(RepositoryAccess repositories, UnitOfWork unitOfWork) {
    this.repositories = repositories;
    this.unitOfWork = unitOfWork;
  }

  /** Those of the asked-for scopes and actions that are allowed; what is not is left away. */
  public Set<Scope> handle(Caller caller, Region region, List<Scope> asked) {
    if (asked.isEmpty()) return Set.of();
    return unitOfWork.withoutTransaction(() -> granted(caller, region, asked));
  }

  private Set<Scope> granted(Caller caller, Region region, List<Scope> asked) {
    Set<Scope> granted = new HashSet<>();
    for (Scope scope : asked) {
      Set<Action> allowed = allowed(caller, region, scope);
      if (!allowed.isEmpty()) granted.add(new Scope(scope.repository(), allowed));
    }
    return granted;
  }

  private Set<Action> allowed(Caller caller, Region region, Scope scope) {
    if (scope.equals(Scope.CATALOG)) return scope.actions();
    RepositoryPath path;
    try {
      path = RepositoryPath.parse(scope.repository());
    } catch (RegistryException _) {
      return Set.of();
    }
    return repositories.permitted(caller, scope.actions(), region, path);
  }
}
