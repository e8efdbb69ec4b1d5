package io.gantry.domain.access;

import io.gantry.domain.access.Principal.Anonymous;
import io.gantry.domain.access.Principal.KeyHolder;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryError.Unauthenticated.Cause;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import java.util.Locale;
import java.util.Optional;

/**
 * The one decision about access that every route of every face asks for.
 *
 * <p>Default deny. A permission in the owning project allows; public means that anyone may pull,
 * and nothing else. What a caller may not see does not exist for them; somebody who has said
 * nothing about who they are is asked to, whether it exists or not.
 */
public final class AccessPolicy {
  private final ProjectOwners owners;

  public AccessPolicy(ProjectOwners owners) {
    this.owners = owners;
  }

  /** For where no key has rights everywhere in its organization: such rights do not count. */
  public AccessPolicy() {
    this(_ -> Optional.empty());
  }

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

  /**
   * Returns if the caller may do this to something of an organization. Who manages it may do all; a
   * project may be seen by those who may see what is in it, and a key by itself; everything else
   * does not exist for the caller.
   */
  public void require(Caller caller, Action action, IdentityResource resource) {
    if (permits(caller, action, resource)) return;
    if (action == Action.READ || !permits(caller, Action.READ, resource)) {
      throw absent(caller, resource.type(), resource.id());
    }
    throw denied(action, resource.type(), "this API key may see it, but not change it");
  }

  /** As {@link #require(Caller, Action, IdentityResource)}, as an answer. */
  public boolean permits(Caller caller, Action action, IdentityResource resource) {
    if (!(caller.principal() instanceof KeyHolder holder) || caller.scopes().isPresent()) {
      return false;
    }
    if (!holder.key().organization().equals(resource.owner())) return false;
    return holder.mayEverywhere(resource.permission())
        || (action == Action.READ && sees(holder, resource));
  }

  /** Returns if the caller may add a thing of this kind to the organization. */
  public KeyHolder requireMayAdd(Caller caller, ResourceType type, OrganizationId organization) {
    KeyHolder holder = requireKey(caller);
    if (!holder.key().organization().equals(organization)) {
      throw absent(caller, ResourceType.ORGANIZATION, organization.toString());
    }
    if (!permits(caller, Action.WRITE, new IdentityResource(type, "", organization))) {
      throw denied(
          Action.WRITE, type, "this API key has no permission for it in all of the organization");
    }
    return holder;
  }

  /** Returns if the caller holds all of this, for nobody gives what they do not have. */
  public void requireMayGrant(Caller caller, Grants wanted) {
    if (requireKey(caller).key().grants().cover(wanted)) return;
    throw denied(
        Action.WRITE,
        ResourceType.POLICY,
        "this API key does not hold the permissions that this would give");
  }

  private static boolean sees(KeyHolder holder, IdentityResource resource) {
    return switch (resource.type()) {
      case PROJECT ->
          holder.mayEverywhere(Permission.READ)
              || holder.may(Permission.READ, ProjectId.parse(resource.id()));
      case API_KEY -> holder.key().accessKey().value().equals(resource.id());
      default -> false;
    };
  }

  private boolean allowed(Principal principal, Action action, Resource resource) {
    return principal instanceof KeyHolder holder
        && (holder.may(action.permission(), resource.owner())
            || (holder.mayEverywhere(action.permission()) && isOwnProject(holder, resource)));
  }

  private boolean isOwnProject(KeyHolder holder, Resource resource) {
    return owners.ownerOf(resource.owner()).filter(holder.key().organization()::equals).isPresent();
  }

  private RegistryException refusal(Caller caller, Action action, Resource resource) {
    boolean visible =
        allowed(caller.principal(), Action.READ, resource)
            || (resource.isPublic() && resource.type() == ResourceType.REPOSITORY);
    if (!visible || caller.principal() instanceof Anonymous) {
      return absent(caller, resource.type(), resource.id());
    }
    return denied(
        action, resource.type(), "this API key has no permission for it in the owning project");
  }

  private static RegistryException denied(Action action, ResourceType type, String help) {
    return new RegistryException(
        new RegistryError.PermissionDenied(action.name().toLowerCase(Locale.ROOT), type, help));
  }

  private static RegistryException unauthenticated(Cause cause) {
    return new RegistryException(new RegistryError.Unauthenticated(cause));
  }
}
