package io.gantry.application.iam;

import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.identity.Application;
import io.gantry.domain.identity.ApplicationId;

/** Reads one application. */
public final class GetApplication {
  private final Directory directory;
  private final UnitOfWork unitOfWork;

  public GetApplication(Directory directory, UnitOfWork unitOfWork) {
    this.directory = directory;
    this.unitOfWork = unitOfWork;
  }

  public CountedApplication handle(Caller caller, ApplicationId id) {
    return unitOfWork.inTransaction(
        () -> {
          Application application = directory.application(caller, Action.READ, id);
          return new CountedApplication(application, directory.keysOf(caller, id));
        });
  }
}
