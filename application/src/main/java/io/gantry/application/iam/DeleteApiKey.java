package io.gantry.application.iam;

import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.identity.KeyDetails;
import io.gantry.domain.identity.KeyDetailsRepository;

/** Takes a key out of use: on every face and replica as soon as {@code Authenticate} forgets it. */
public final class DeleteApiKey {
  private final Directory directory;
  private final KeyDetailsRepository keys;
  private final UnitOfWork unitOfWork;

  public DeleteApiKey(Directory directory, KeyDetailsRepository keys, UnitOfWork unitOfWork) {
    this.directory = directory;
    this.keys = keys;
    this.unitOfWork = unitOfWork;
  }

  /** Returns when it is gone; {@code PreconditionFailed} if configuration has it. */
  public void handle(Caller caller, AccessKey accessKey) {
    unitOfWork.run(
        () -> {
          KeyDetails key = directory.keyLocked(caller, Action.WRITE, accessKey);
          key.origin().requireEditable(ResourceType.API_KEY);
          keys.remove(accessKey);
        });
  }
}
