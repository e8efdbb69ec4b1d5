package io.gantry.application.iam;

import io.gantry.application.Instants;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.identity.ApplicationId;
import io.gantry.domain.identity.Policy;
import io.gantry.domain.identity.PolicyId;
import io.gantry.domain.identity.PolicyRepository;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Changes what a policy is called and to whom it gives rights. */
public final class UpdatePolicy {
  private final Directory directory;
  private final PolicyRepository policies;
  private final UnitOfWork unitOfWork;
  private final Clock clock;

  public UpdatePolicy(
      Directory directory, PolicyRepository policies, UnitOfWork unitOfWork, Clock clock) {
    this.directory = directory;
    this.policies = policies;
    this.unitOfWork = unitOfWork;
    this.clock = clock;
  }

  /**
   * The change; what is not present stays as it is.
   *
   * @param recipient if present, the one from now on
   */
  public record Command(PolicyId id, LabelChange change, Optional<Recipient> recipient) {}

  /**
   * Returns the policy as it is now.
   *
   * @throws RegistryException {@code PermissionDenied} if somebody would get what the caller does
   *     not have; {@code PreconditionFailed} if configuration has it
   */
  public Policy handle(Caller caller, Command command) {
    Instant now = Instants.now(clock);
    return unitOfWork.inTransaction(
        () -> {
          Policy before = directory.policyLocked(caller, Action.WRITE, command.id());
          before.origin().requireEditable(ResourceType.POLICY);
          Policy after = before.relabelled(command.change().of(before.label()), now);
          if (command.recipient().isPresent()) {
            after = given(caller, after, command.recipient().get().application(), now);
          }
          policies.update(after);
          return after;
        });
  }

  private Policy given(
      Caller caller, Policy policy, Optional<ApplicationId> principal, Instant now) {
    if (principal.isPresent()) {
      directory.requirePrincipal(caller, principal.get());
      directory.access().requireMayGrant(caller, policy.grants());
    }
    return policy.givenTo(principal, now);
  }
}
