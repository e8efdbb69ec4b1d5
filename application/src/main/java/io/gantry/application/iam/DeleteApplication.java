package io.gantry.application.iam;

import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.identity.Application;
import io.gantry.domain.identity.ApplicationId;
import io.gantry.domain.identity.ApplicationRepository;

/** Removes an application, and with it its keys; its policies stay, for nobody. */
public final class DeleteApplication {
  private final Directory directory;
  private final ApplicationRepository applications;
  private final UnitOfWork unitOfWork;

  public DeleteApplication(
      Directory directory, ApplicationRepository applications, UnitOfWork unitOfWork) {
    this.directory = directory;
    this.applications = applications;
    this.unitOfWork = unitOfWork;
  }

  /** Returns when it is gone; {@code PreconditionFailed} if configuration has it. */
  public void handle(Caller caller, ApplicationId id) {
    unitOfWork.run(
        () -> {
          Application application = directory.applicationLocked(caller, Action.WRITE, id);
          application.origin().requireEditable(ResourceType.APPLICATION);
          applications.remove(id);
        });
  }
}
