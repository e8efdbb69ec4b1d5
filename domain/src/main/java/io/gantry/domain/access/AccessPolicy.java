package io.gantry.domain.access;

import io.gantry.domain.access.Principal.Anonymous;
import io.gantry.domain.access.Principal.KeyHolder;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryError.Unauthenticated.Cause;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import java.util.Locale;

/**
 * The one decision about access that every route of every face asks for.
 *
 * <p>Default deny. A permission in the owning project allows; public means that anyone may pull,
 * and nothing else. What a caller may not see does not exist for them; somebody who has said
 * nothing about who they are is asked to, whether it exists or not.
 */
public final class AccessPolicy {

  /**
   * Returns if the caller may; a {@code RegistryException} that says no in the right way if not.
   */
  public void require(Caller caller, Action action, Resource resource) {
    if (action == Action.PULL && resource.isPublic()) return;
    if (!allowed(caller.principal(), action, resource)) throw refusal(caller, action, resource);
    if (!caller.hasScopeFor(action, resource)) throw unauthenticated(Cause.INSUFFICIENT_SCOPE);
  }

  /** As {@link #require}, as an answer. */
  public boolean permits(Caller caller, Action action, Resource resource) {
    return (action == Action.PULL && resource.isPublic())
        || (allowed(caller.principal(), action, resource) && caller.hasScopeFor(action, resource));
  }

  /** What a caller is told about something that is not there: the same as about hidden things. */
  public RegistryException absent(Caller caller, ResourceType type, String id) {
    return caller.principal() instanceof Anonymous
        ? unauthenticated(Cause.MISSING)
        : RegistryException.notFound(type, id);
  }

  /**
   * Returns if the caller may list repositories: anyone who says who they are, be it by a token for
   * nobody; a token must have been issued for it.
   */
  public void requireCatalog(Caller caller) {
    if (caller.scopes().isPresent()) {
      if (!caller.scopes().get().contains(Scope.CATALOG)) {
        throw unauthenticated(Cause.INSUFFICIENT_SCOPE);
      }
    } else if (caller.principal() instanceof Anonymous) {
      throw unauthenticated(Cause.MISSING);
    }
  }

  /** The key that calls; {@code Unauthenticated} for anonymous callers. */
  public KeyHolder requireKey(Caller caller) {
    return switch (caller.principal()) {
      case KeyHolder holder -> holder;
      case Anonymous _ -> throw unauthenticated(Cause.MISSING);
    };
  }

  private static boolean allowed(Principal principal, Action action, Resource resource) {
    return principal instanceof KeyHolder holder
        && holder.may(action.permission(), resource.owner());
  }

  private RegistryException refusal(Caller caller, Action action, Resource resource) {
    boolean visible =
        allowed(caller.principal(), Action.READ, resource)
            || (resource.isPublic() && resource.type() == ResourceType.REPOSITORY);
    if (!visible || caller.principal() instanceof Anonymous) {
      return absent(caller, resource.type(), resource.id());
    }
    return new RegistryException(
        new RegistryError.PermissionDenied(
            action.name().toLowerCase(Locale.ROOT),
            resource.type(),
            "this API key has no permission for it in the owning project"));
  }

  private static RegistryException unauthenticated(Cause cause) {
    return new RegistryException(new RegistryError.Unauthenticated(cause));
  }
}
