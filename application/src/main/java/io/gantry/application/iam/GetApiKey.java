package io.gantry.application.iam;

import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.identity.KeyDetails;

/** Reads one key; never its secret. */
public final class GetApiKey {
  private final Directory directory;
  private final UnitOfWork unitOfWork;

  public GetApiKey(Directory directory, UnitOfWork unitOfWork) {
    this.directory = directory;
    this.unitOfWork = unitOfWork;
  }

  public KeyDetails handle(Caller caller, AccessKey accessKey) {
    return unitOfWork.inTransaction(() -> directory.key(caller, Action.READ, accessKey));
  }
}
