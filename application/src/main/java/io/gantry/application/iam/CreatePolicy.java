package io.gantry.application.iam;

import io.gantry.application.Instants;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.identity.Label;
import io.gantry.domain.identity.Origin;
import io.gantry.domain.identity.Policy;
import io.gantry.domain.identity.PolicyId;
import io.gantry.domain.identity.PolicyRepository;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Adds a policy, which gives an application the rights of its rules. */
public final class CreatePolicy {
  private final Directory directory;
  private final PolicyRepository policies;
  private final Rules rules;
  private final UnitOfWork unitOfWork;
  private final Clock clock;

  public CreatePolicy(
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
   * The policy to add.
   *
   * @param organization the caller's own if empty
   */
  public record Command(
      Optional<OrganizationId> organization,
      Label label,
      Recipient recipient,
      List<RuleSpec> rules) {}

  /**
   * Returns the new policy.
   *
   * @throws RegistryException {@code PermissionDenied} if it would give what the caller does not
   *     have
   */
  public Policy handle(Caller caller, Command command) {
    return unitOfWork.inTransaction(() -> add(caller, command));
  }

  /** As {@link #handle}, in the transaction that is under way. */
  Policy add(Caller caller, Command command) {
    OrganizationId organization =
        directory.requireMayAdd(caller, ResourceType.POLICY, command.organization());
    Instant now = Instants.now(clock);
    directory.requireRoom(policies.ofOrganization(organization), "policies");
    command.recipient().application().ifPresent(id -> directory.requirePrincipal(caller, id));
    var policy =
        new Policy(
            new PolicyId(UUID.randomUUID()),
            organization,
            command.label(),
            Origin.MADE,
            command.recipient().application(),
            rules.require(caller, organization, command.rules()),
            now,
            now);
    policies.add(policy);
    return policy;
  }
}
