package io.gantry.application.namespace;

import io.gantry.application.group.Pending;
import io.gantry.application.group.ReadById;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.NamespaceRepository;
import io.gantry.domain.namespace.Region;

/** Reads one namespace, also while it is being deleted. */
public final class GetNamespace {
  private final AccessPolicy access;
  private final ReadById<NamespaceId, Namespace> namespaces;

  public GetNamespace(AccessPolicy access, NamespaceRepository namespaces, UnitOfWork unitOfWork) {
    this.access = access;
    this.namespaces = new ReadById<>(namespaces::findAll, unitOfWork);
  }

  public Namespace handle(Caller caller, Region region, NamespaceId id) {
    return ask(caller, region, id).get();
  }

  /** Asks for it; whoever asks has to get it as well. */
  public Pending<Namespace> ask(Caller caller, Region region, NamespaceId id) {
    return namespaces
        .ask(region, id)
        .map(found -> NamespaceAccess.require(access, caller, Action.READ, id, found));
  }
}
