package io.gantry.application.iam;

import io.gantry.application.Instants;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.identity.Application;
import io.gantry.domain.identity.ApplicationId;
import io.gantry.domain.identity.ApplicationRepository;
import io.gantry.domain.identity.Label;
import io.gantry.domain.identity.Origin;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Adds an application, which has no rights until a policy gives it some. */
public final class CreateApplication {
  private final Directory directory;
  private final ApplicationRepository applications;
  private final UnitOfWork unitOfWork;
  private final Clock clock;

  public CreateApplication(
      Directory directory, ApplicationRepository applications, UnitOfWork unitOfWork, Clock clock) {
    this.directory = directory;
    this.applications = applications;
    this.unitOfWork = unitOfWork;
    this.clock = clock;
  }

  /**
   * The application to add.
   *
   * @param organization the caller's own if empty
   */
  public record Command(Optional<OrganizationId> organization, Label label) {}

  public CountedApplication handle(Caller caller, Command command) {
    return unitOfWork.inTransaction(() -> new CountedApplication(add(caller, command), 0));
  }

  /** As {@link #handle}, in the transaction that is under way. */
  Application add(Caller caller, Command command) {
    OrganizationId organization =
        directory.requireMayAdd(caller, ResourceType.APPLICATION, command.organization());
    Instant now = Instants.now(clock);
    directory.requireRoom(applications.ofOrganization(organization), "applications");
    var application =
        new Application(
            new ApplicationId(UUID.randomUUID()),
            organization,
            command.label(),
            Origin.MADE,
            now,
            now);
    applications.add(application);
    return application;
  }
}
