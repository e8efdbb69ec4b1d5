package io.gantry.domain.namespace;

import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stores namespaces. A namespace that is {@code DELETING} is still found by id and listed until it
 * is removed, but its name is free at once.
 *
 * <p>What only reads, and takes no lock, may be called without a transaction.
 */
public interface NamespaceRepository {

  /**
   * Adds a namespace.
   *
   * @throws io.gantry.domain.error.RegistryException {@code AlreadyExists} if a usable namespace of
   *     its region has its name, also when that one is added by a transaction running at the same
   *     time
   */
  void add(Namespace namespace);

  /** Those namespaces of a region that have one of these ids. */
  Map<NamespaceId, Namespace> findAll(Region region, Collection<NamespaceId> ids);

  /** The one that {@link #findAll} finds with this id. */
  default Optional<Namespace> find(Region region, NamespaceId id) {
    return Optional.ofNullable(findAll(region, List.of(id)).get(id));
  }

  /**
   * As {@link #find}, and until the end of the transaction nobody else changes it, and no push into
   * it begins to commit.
   */
  Optional<Namespace> findLocked(Region region, NamespaceId id);

  /** Stores description, visibility, status and update time of a namespace that is there. */
  void update(Namespace namespace);

  /** The asked-for page of the namespaces that match, in the given order, and their exact count. */
  Page<Namespace> list(NamespaceFilter filter, NamespaceOrder order, PageRequest page);

  /**
   * A namespace in status {@code DELETING} that nobody else is removing in this moment, locked
   * until the end of the transaction.
   */
  Optional<NamespaceId> claimDeleting();

  /** Removes a namespace that has no images left; removing twice is the same as once. */
  void remove(NamespaceId id);
}
