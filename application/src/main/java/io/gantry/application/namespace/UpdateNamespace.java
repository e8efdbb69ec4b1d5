package io.gantry.application.namespace;

import io.gantry.application.Instants;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.error.RegistryError.TransientState;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.NamespaceRepository;
import io.gantry.domain.namespace.Region;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Changes what a namespace says about itself. */
public final class UpdateNamespace {
  private final AccessPolicy access;
  private final NamespaceRepository namespaces;
  private final UnitOfWork unitOfWork;
  private final Clock clock;

  public UpdateNamespace(
      AccessPolicy access, NamespaceRepository namespaces, UnitOfWork unitOfWork, Clock clock) {
    this.access = access;
    this.namespaces = namespaces;
    this.unitOfWork = unitOfWork;
    this.clock = clock;
  }

  /** The change; what is not present stays as it is. */
  public record Command(
      Region region, NamespaceId id, Optional<String> description, Optional<Boolean> isPublic) {}

  /**
   * Returns the namespace as it is now; its update time moves if anything is present, even without
   * a difference.
   *
   * @throws RegistryException {@code TransientState} while it is being deleted
   */
  public Namespace handle(Caller caller, Command command) {
    Instant now = Instants.now(clock);
    return unitOfWork.inTransaction(
        () -> {
          Namespace before =
              NamespaceAccess.require(
                  access,
                  caller,
                  Action.WRITE,
                  command.id(),
                  namespaces.findLocked(command.region(), command.id()));
          if (!before.isReady()) throw deleting(before);
          Namespace after = changed(before, command, now);
          if (!after.equals(before)) namespaces.update(after);
          return after;
        });
  }

  private static Namespace changed(Namespace namespace, Command command, Instant now) {
    Namespace after = namespace;
    if (command.description().isPresent()) {
      after = after.describe(command.description().get(), now);
    }
    if (command.isPublic().isPresent()) after = after.makePublic(command.isPublic().get(), now);
    return after;
  }

  private static RegistryException deleting(Namespace namespace) {
    return new RegistryException(
        new TransientState(ResourceType.NAMESPACE, namespace.id().toString(), "deleting"));
  }
}
