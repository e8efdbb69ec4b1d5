package io.gantry.application.iam;

import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.identity.Policy;
import io.gantry.domain.identity.PolicyId;

/** Reads one policy, its rules included. */
public final class GetPolicy {
  private final Directory directory;
  private final UnitOfWork unitOfWork;

  public GetPolicy(Directory directory, UnitOfWork unitOfWork) {
    this.directory = directory;
    this.unitOfWork = unitOfWork;
  }

  public Policy handle(Caller caller, PolicyId id) {
    return unitOfWork.inTransaction(() -> directory.policy(caller, Action.READ, id));
  }
}
