package io.gantry.application.iam;

import static java.util.stream.Stream.concat;

import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.IdentityResource;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.Principal.KeyHolder;
import io.gantry.domain.error.RegistryError.QuotaExceeded;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.identity.Application;
import io.gantry.domain.identity.ApplicationId;
import io.gantry.domain.identity.ApplicationRepository;
import io.gantry.domain.identity.ConfiguredBearer;
import io.gantry.domain.identity.KeyDetails;
import io.gantry.domain.identity.KeyDetailsRepository;
import io.gantry.domain.identity.Origin;
import io.gantry.domain.identity.Policy;
import io.gantry.domain.identity.PolicyId;
import io.gantry.domain.identity.PolicyRepository;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Who is who in an organization: what is stored, and what stands for keys from configuration. What
 * is absent and what is hidden give the same answer. All is called in a transaction.
 */
public final class Directory {
  private final AccessPolicy access;
  private final KeyDetailsRepository keys;
  private final ApplicationRepository applications;
  private final PolicyRepository policies;
  private final int quota;

  /**
   * @param quota how many keys, applications and policies an organization may have, of each
   */
  public Directory(
      AccessPolicy access,
      KeyDetailsRepository keys,
      ApplicationRepository applications,
      PolicyRepository policies,
      int quota) {
    this.access = access;
    this.keys = keys;
    this.applications = applications;
    this.policies = policies;
    this.quota = quota;
  }

  AccessPolicy access() {
    return access;
  }

  /** The organization that is asked about: the caller's own, nobody's if another one is named. */
  Optional<OrganizationId> organization(Caller caller, Optional<OrganizationId> asked) {
    OrganizationId own = access.requireKey(caller).key().organization();
    return Optional.of(own).filter(organization -> asked.map(own::equals).orElse(true));
  }

  /** The organization to add something to: the one named, or the caller's own. */
  OrganizationId requireMayAdd(Caller caller, ResourceType type, Optional<OrganizationId> asked) {
    OrganizationId own = access.requireKey(caller).key().organization();
    KeyHolder holder = access.requireMayAdd(caller, type, asked.orElse(own));
    return holder.key().organization();
  }

  KeyDetails key(Caller caller, Action action, AccessKey accessKey) {
    return visible(caller, action, accessKey, keys.find(accessKey));
  }

  /** As {@link #key}, and nobody else changes it until the end of the transaction. */
  KeyDetails keyLocked(Caller caller, Action action, AccessKey accessKey) {
    return visible(caller, action, accessKey, keys.findLocked(accessKey));
  }

  private KeyDetails visible(
      Caller caller, Action action, AccessKey accessKey, Optional<KeyDetails> stored) {
    KeyDetails found =
        stored.orElseThrow(() -> access.absent(caller, ResourceType.API_KEY, accessKey.value()));
    access.require(caller, action, resource(found));
    return found;
  }

  Stream<KeyDetails> keys(Caller caller, Optional<OrganizationId> asked) {
    return organization(caller, asked).stream()
        .flatMap(organization -> keys.ofOrganization(organization).stream())
        .filter(key -> access.permits(caller, Action.READ, resource(key)));
  }

  /** How many keys an application bears. */
  long keysOf(Caller caller, ApplicationId application) {
    return keys(caller, Optional.empty()).filter(key -> key.bearer().equals(application)).count();
  }

  Application application(Caller caller, Action action, ApplicationId id) {
    return visible(caller, action, id, applications.find(id));
  }

  /** As {@link #application}, and it stays until the end of the transaction. */
  Application applicationLocked(Caller caller, Action action, ApplicationId id) {
    return visible(caller, action, id, applications.findLocked(id));
  }

  /** Returns if policies may give this application rights; it stays until the end. */
  void requirePrincipal(Caller caller, ApplicationId id) {
    applicationLocked(caller, Action.READ, id).origin().requireEditable(ResourceType.APPLICATION);
  }

  private Application visible(
      Caller caller, Action action, ApplicationId id, Optional<Application> stored) {
    Application found =
        stored
            .or(() -> configured(caller, ConfiguredBearer::application, Application::id, id))
            .orElseThrow(() -> access.absent(caller, ResourceType.APPLICATION, id.toString()));
    access.require(caller, action, resource(found));
    return found;
  }

  Stream<Application> applications(Caller caller, Optional<OrganizationId> asked) {
    return organization(caller, asked).stream()
        .flatMap(
            organization ->
                concat(
                    applications.ofOrganization(organization).stream(),
                    configured(organization).map(ConfiguredBearer::application)))
        .filter(application -> access.permits(caller, Action.READ, resource(application)));
  }

  Policy policy(Caller caller, Action action, PolicyId id) {
    return visible(caller, action, id, policies.find(id));
  }

  /** As {@link #policy}, and nobody else changes it until the end of the transaction. */
  Policy policyLocked(Caller caller, Action action, PolicyId id) {
    return visible(caller, action, id, policies.findLocked(id));
  }

  private Policy visible(Caller caller, Action action, PolicyId id, Optional<Policy> stored) {
    Policy found =
        stored
            .or(() -> configured(caller, ConfiguredBearer::policy, Policy::id, id))
            .orElseThrow(() -> access.absent(caller, ResourceType.POLICY, id.toString()));
    access.require(caller, action, resource(found));
    return found;
  }

  Stream<Policy> policies(Caller caller, Optional<OrganizationId> asked) {
    return organization(caller, asked).stream()
        .flatMap(
            organization ->
                concat(
                    policies.ofOrganization(organization).stream(),
                    configured(organization).map(ConfiguredBearer::policy)))
        .filter(policy -> access.permits(caller, Action.READ, resource(policy)));
  }

  /** {@code QuotaExceeded} if there is no place for one more. */
  void requireRoom(List<?> held, String what) {
    if (held.size() >= quota) {
      throw new RegistryException(new QuotaExceeded(what, quota, held.size()));
    }
  }

  private <T, I> Optional<T> configured(
      Caller caller, Function<KeyDetails, T> toThing, Function<T, I> toId, I id) {
    return organization(caller, Optional.empty()).stream()
        .flatMap(this::configured)
        .map(toThing)
        .filter(thing -> toId.apply(thing).equals(id))
        .findFirst();
  }

  private Stream<KeyDetails> configured(OrganizationId organization) {
    return keys.ofOrganization(organization).stream()
        .filter(key -> key.origin() == Origin.CONFIGURED);
  }

  private static IdentityResource resource(KeyDetails key) {
    return new IdentityResource(
        ResourceType.API_KEY, key.key().accessKey().value(), key.key().organization());
  }

  private static IdentityResource resource(Application application) {
    return new IdentityResource(
        ResourceType.APPLICATION, application.id().toString(), application.organization());
  }

  private static IdentityResource resource(Policy policy) {
    return new IdentityResource(ResourceType.POLICY, policy.id().toString(), policy.organization());
  }
}
