package io.gantry.application.namespace;

import io.gantry.application.Instants;
import io.gantry.application.reclaim.Purger;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.image.ImageRepository;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.NamespaceRepository;
import io.gantry.domain.namespace.Region;
import java.time.Clock;
import java.time.Instant;

/**
 * Deletes a namespace with all it contains. Everything in it is unusable when this returns; the
 * removal itself goes on in the background.
 */
public final class DeleteNamespace {
  private final AccessPolicy access;
  private final NamespaceRepository namespaces;
  private final ImageRepository images;
  private final UnitOfWork unitOfWork;
  private final Clock clock;
  private final Purger purger;

  public DeleteNamespace(
      AccessPolicy access,
      NamespaceRepository namespaces,
      ImageRepository images,
      UnitOfWork unitOfWork,
      Clock clock,
      Purger purger) {
    this.access = access;
    this.namespaces = namespaces;
    this.images = images;
    this.unitOfWork = unitOfWork;
    this.clock = clock;
    this.purger = purger;
  }

  /** Returns the namespace in its last status; again with a later update time if repeated. */
  public Namespace handle(Caller caller, Region region, NamespaceId id) {
    Instant now = Instants.now(clock);
    Namespace deleted =
        unitOfWork.inTransaction(
            () -> {
              Namespace namespace =
                  NamespaceAccess.require(
                          access, caller, Action.WRITE, id, namespaces.findLocked(region, id))
                      .delete(now);
              namespaces.update(namespace);
              images.deleteAll(id, now);
              return namespace;
            });
    purger.wake();
    return deleted;
  }
}
