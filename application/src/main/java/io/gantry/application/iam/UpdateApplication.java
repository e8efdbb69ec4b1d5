package io.gantry.application.iam;

import io.gantry.application.Instants;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.identity.Application;
import io.gantry.domain.identity.ApplicationId;
import io.gantry.domain.identity.ApplicationRepository;
import java.time.Clock;
import java.time.Instant;

/** Changes what an application is called. */
public final class UpdateApplication {
  private final Directory directory;
  private final ApplicationRepository applications;
  private final UnitOfWork unitOfWork;
  private final Clock clock;

  public UpdateApplication(
      Directory directory, ApplicationRepository applications, UnitOfWork unitOfWork, Clock clock) {
    this.directory = directory;
    this.applications = applications;
    this.unitOfWork = unitOfWork;
    this.clock = clock;
  }

  /** The change; what is not present stays as it is. */
  public record Command(ApplicationId id, LabelChange change) {}

  /** Returns it as it is now; {@code PreconditionFailed} if configuration has it. */
  public CountedApplication handle(Caller caller, Command command) {
    Instant now = Instants.now(clock);
    return unitOfWork.inTransaction(
        () -> {
          Application before = directory.applicationLocked(caller, Action.WRITE, command.id());
          before.origin().requireEditable(ResourceType.APPLICATION);
          Application after = before.relabelled(command.change().of(before.label()), now);
          applications.update(after);
          return new CountedApplication(after, directory.keysOf(caller, after.id()));
        });
  }
}
