package io.gantry.application.iam;

import io.gantry.application.access.LastUses;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessKey;
import io.gantry.domain.identity.KeyDetailsRepository;
import java.time.Instant;
import java.util.Map;

/** Stores when keys were last used: called now and then, not by requests. */
public final class StoreLastUses {
  private final LastUses lastUses;
  private final KeyDetailsRepository keys;
  private final UnitOfWork unitOfWork;

  public StoreLastUses(LastUses lastUses, KeyDetailsRepository keys, UnitOfWork unitOfWork) {
    this.lastUses = lastUses;
    this.keys = keys;
    this.unitOfWork = unitOfWork;
  }

  public void handle() {
    Map<AccessKey, Instant> taken = lastUses.take();
    if (!taken.isEmpty()) unitOfWork.run(() -> keys.markUsed(taken));
  }
}
