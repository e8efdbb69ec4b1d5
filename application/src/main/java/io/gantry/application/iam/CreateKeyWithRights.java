package io.gantry.application.iam;

import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.identity.Application;
import io.gantry.domain.identity.Label;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Makes an API key together with the application that bears it and the policy that gives it its
 * rights: all three or none.
 */
public final class CreateKeyWithRights {
  private final CreateApplication applications;
  private final CreatePolicy policies;
  private final CreateApiKey keys;
  private final UnitOfWork unitOfWork;

  public CreateKeyWithRights(
      CreateApplication applications,
      CreatePolicy policies,
      CreateApiKey keys,
      UnitOfWork unitOfWork) {
    this.applications = applications;
    this.policies = policies;
    this.keys = keys;
    this.unitOfWork = unitOfWork;
  }

  /**
   * The key to make.
   *
   * @param label of the application and of the policy; the key has the same description
   * @param rights what the key may do, and where
   * @param defaultProject as in {@link CreateApiKey.Command}
   */
  public record Command(
      OrganizationId organization,
      Label label,
      RuleSpec rights,
      Optional<ProjectId> defaultProject,
      Optional<Instant> expiresAt) {}

  /** Returns the key with its secret; fails as the three use cases that it stands for. */
  public IssuedKey handle(Caller caller, Command command) {
    var organization = Optional.of(command.organization());
    return unitOfWork.inTransaction(
        () -> {
          Application bearer =
              applications.add(
                  caller, new CreateApplication.Command(organization, command.label()));
          var _ =
              policies.add(
                  caller,
                  new CreatePolicy.Command(
                      organization,
                      command.label(),
                      new Recipient.OneApplication(bearer.id()),
                      List.of(command.rights())));
          return keys.add(
              caller,
              new CreateApiKey.Command(
                  bearer.id(),
                  command.label().description(),
                  command.defaultProject(),
                  command.expiresAt()));
        });
  }
}
