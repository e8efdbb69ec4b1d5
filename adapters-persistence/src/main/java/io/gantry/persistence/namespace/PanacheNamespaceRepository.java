package io.gantry.persistence.namespace;

import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.NamespaceFilter;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.NamespaceOrder;
import io.gantry.domain.namespace.NamespaceRepository;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import io.gantry.persistence.Constraints;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/**
 * Namespaces in PostgreSQL.
 *
 * <p>Reads join the caller's transaction; outside one each of their statements is by itself.
 */
@Singleton
final class PanacheNamespaceRepository implements NamespaceRepository {

  /**
   * Stronger than what changing the row takes: pushes hold {@code FOR KEY SHARE}, which only {@code
   * FOR UPDATE} waits for and keeps out.
   */
  private static final String LOCK =
      "select id from namespace where region = :region and id = :id for update";

  /** Those that can be removed already come first, so that a slow one holds up no other. */
  private static final String CLAIM =
      """
      select n.id from namespace n where n.status = 'DELETING'
      order by exists (select from image i where i.namespace_id = n.id), n.updated_at
      limit 1 for update skip locked
      """;

  private final NamespaceRows rows;
  private final NamespaceQueries queries;
  private final NamespaceCount count;
  private final Session session;

  PanacheNamespaceRepository(
      NamespaceRows rows, NamespaceQueries queries, NamespaceCount count, Session session) {
    this.rows = rows;
    this.queries = queries;
    this.count = count;
    this.session = session;
  }

  @Override
  public void add(Namespace namespace) {
    try {
      rows.persistAndFlush(NamespaceEntity.of(namespace));
      count.add(namespace);
    } catch (PersistenceException e) {
      if (!Constraints.violates(e, "namespace_name_unique")) throw e;
      throw new RegistryException(
          new RegistryError.AlreadyExists(
              ResourceType.NAMESPACE, "", "names are unique within the region"));
    }
  }

  @Override
  public Map<NamespaceId, Namespace> findAll(Region region, Collection<NamespaceId> ids) {
    return queries.findAll(region, ids);
  }

  /** Reads in a second statement: one that had to wait still sees usage as of its beginning. */
  @Override
  public Optional<Namespace> findLocked(Region region, NamespaceId id) {
    return session
        .createNativeQuery(LOCK, UUID.class)
        .setParameter("region", region.value())
        .setParameter("id", id.value())
        .uniqueResultOptional()
        .flatMap(_ -> find(region, id));
  }

  @Override
  public void update(Namespace namespace) {
    rows.findByIdOptional(namespace.id().value()).ifPresent(entity -> entity.take(namespace));
    rows.flush();
  }

  @Override
  public Page<Namespace> list(NamespaceFilter filter, NamespaceOrder order, PageRequest page) {
    return queries.list(filter, order, page);
  }

  @Override
  public Optional<NamespaceId> claimDeleting() {
    return session
        .createNativeQuery(CLAIM, UUID.class)
        .uniqueResultOptional()
        .map(NamespaceId::new);
  }

  @Override
  public void remove(NamespaceId id) {
    count.remove(id);
  }
}
