package io.gantry.application.iam;

import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.identity.Policy;
import io.gantry.domain.identity.PolicyId;
import io.gantry.domain.identity.PolicyRepository;

/** Removes a policy, and with it the rights it gave. */
public final class DeletePolicy {
  private final Directory directory;
  private final PolicyRepository policies;
  private final UnitOfWork unitOfWork;

  public DeletePolicy(Directory directory, PolicyRepository policies, UnitOfWork unitOfWork) {
    this.directory = directory;
    this.policies = policies;
    this.unitOfWork = unitOfWork;
  }

  /** Returns when it is gone; {@code PreconditionFailed} if configuration has it. */
  public void handle(Caller caller, PolicyId id) {
    unitOfWork.run(
        () -> {
          Policy policy = directory.policyLocked(caller, Action.WRITE, id);
          policy.origin().requireEditable(ResourceType.POLICY);
          policies.remove(id);
        });
  }
}
