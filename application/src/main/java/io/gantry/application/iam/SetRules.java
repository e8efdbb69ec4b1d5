package io.gantry.application.iam;

import io.gantry.application.Instants;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.identity.Policy;
import io.gantry.domain.identity.PolicyId;
import io.gantry.domain.identity.PolicyRepository;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Gives a policy other rules. */
public final class SetRules {
  private final Directory directory;
  private final PolicyRepository policies;
  private final Rules rules;
  private final UnitOfWork unitOfWork;
  private final Clock clock;

  public SetRules(
      Directory directory,
      PolicyRepository policies,
      Rules rules,
      UnitOfWork unitOfWork,
      Clock clock) {
    this.directory = directory;
    this.policies = policies;
    this.rules = rules;
    this.unitOfWork = unitOfWork;
    this.clock = clock;
  }

  /**
   * Returns the policy as it is now.
   *
   * @throws RegistryException {@code PermissionDenied} if the new rules would give what the caller
   *     does not have; {@code PreconditionFailed} if configuration has the policy
   */
  public Policy handle(Caller caller, PolicyId id, List<RuleSpec> specs) {
    Instant now = Instants.now(clock);
    return unitOfWork.inTransaction(
        () -> {
          Policy before = directory.policyLocked(caller, Action.WRITE, id);
          before.origin().requireEditable(ResourceType.POLICY);
          Policy after = before.ruledBy(rules.require(caller, before.organization(), specs), now);
          policies.update(after);
          return after;
        });
  }
}
