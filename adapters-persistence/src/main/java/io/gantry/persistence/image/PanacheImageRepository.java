package io.gantry.persistence.image;

import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.Image;
import io.gantry.domain.image.ImageFilter;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.ImageName;
import io.gantry.domain.image.ImageOrder;
import io.gantry.domain.image.ImageRepository;
import io.gantry.domain.image.Repository;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/**
 * Images in PostgreSQL. Locks are taken on the namespace first, then on the image.
 *
 * <p>Reads join the caller's transaction; outside one each of their statements is by itself.
 */
@Singleton
final class PanacheImageRepository implements ImageRepository {

  private static final String RESOLVE =
      "select "
          + RepositoryColumns.SELECT
          + " from "
          + RepositoryColumns.FROM
          + " where "
          + RepositoryColumns.WHERE;

  private static final String FIND_ID =
      """
      select i.id from image i join namespace n on n.id = i.namespace_id
      where i.namespace_id = :namespace and i.name = :name
        and i.status = 'READY' and n.status = 'READY'
      """;

  /** Waits for a deletion of the namespace, and for whoever adds the same name. */
  private static final String ADD =
      """
      insert into image (
        id, namespace_id, project_id, region, name, status, visibility, published, size,
        created_at, updated_at)
      select :id, n.id, n.project_id, n.region, :name, 'READY', 'INHERIT', false, 0, :now, :now
      from (
        select id, project_id, region from namespace
        where id = :namespace and status = 'READY' for key share
      ) n
      on conflict (namespace_id, name) where status = 'READY' do nothing
      """;

  private static final String IS_NAMESPACE_READY =
      "select id from namespace where id = :namespace and status = 'READY'";

  /** The outer lock is taken on what the inner one let through, so the order is fixed. */
  private static final String LOCK =
      """
      with parent as materialized (
        select n.id from namespace n
        where n.id = (select i.namespace_id from image i where i.id = :id %1$s) %2$s
        for key share
      )
      select i.id from image i join parent on parent.id = i.namespace_id
      where i.id = :id %1$s
      for %3$s of i
      """;

  /**
   * The weaker lock lets blobs be linked meanwhile, whose foreign key asks that the image stays.
   */
  private static final String LOCK_FOR_PUSH =
      LOCK.formatted("and i.status = 'READY'", "and n.status = 'READY'", "no key update");

  /** Conflicts with what the foreign key of a link takes. */
  private static final String LOCK_FOR_SPARSE_PUSH =
      LOCK.formatted("and i.status = 'READY'", "and n.status = 'READY'", "update");

  private static final String LOCK_PUBLISHED =
      LOCK.formatted("and i.published and i.region = :region", "", "update");

  private static final String CLAIM =
      """
      select id from image where status = 'DELETING'
      order by id limit 1 for update skip locked
      """;

  private final ImageRows rows;
  private final ImageQueries queries;
  private final ImageUsage usage;
  private final ImagePurge purge;
  private final Session session;

  PanacheImageRepository(
      ImageRows rows, ImageQueries queries, ImageUsage usage, ImagePurge purge, Session session) {
    this.rows = rows;
    this.queries = queries;
    this.usage = usage;
    this.purge = purge;
    this.session = session;
  }

  @Override
  public Optional<Repository> resolve(Region region, RepositoryPath path) {
    return RepositoryColumns.bind(session.createNativeQuery(RESOLVE, Tuple.class), region, path)
        .uniqueResultOptional()
        .map(row -> RepositoryColumns.toRepository(path, row));
  }

  @Override
  public ImageId findOrAdd(NamespaceId namespace, ImageName name, Instant now) {
    while (true) {
      Optional<ImageId> there = findId(namespace, name);
      if (there.isPresent()) return there.get();
      UUID id = UUID.randomUUID();
      if (add(id, namespace, name, now)) return new ImageId(id);
      requireReady(namespace);
    }
  }

  @Override
  public Map<ImageId, Image> findAll(Region region, Collection<ImageId> ids) {
    return queries.findAll(region, ids);
  }

  /** Reads in a second statement: one that had to wait still sees tags as of its beginning. */
  @Override
  public Optional<Image> findLocked(Region region, ImageId id) {
    return session
        .createNativeQuery(LOCK_PUBLISHED, UUID.class)
        .setParameter("id", id.value())
        .setParameter("region", region.value())
        .uniqueResultOptional()
        .flatMap(_ -> find(region, id));
  }

  @Override
  public boolean lockForPush(ImageId id) {
    return lock(LOCK_FOR_PUSH, id);
  }

  @Override
  public boolean lockForSparsePush(ImageId id) {
    return lock(LOCK_FOR_SPARSE_PUSH, id);
  }

  private boolean lock(String sql, ImageId id) {
    return session
        .createNativeQuery(sql, UUID.class)
        .setParameter("id", id.value())
        .uniqueResultOptional()
        .isPresent();
  }

  @Override
  public void update(Image image) {
    rows.store(image);
    usage.noteChange(image.id());
  }

  @Override
  public void touch(ImageId id, long sizeChange, Instant now) {
    usage.touch(id, sizeChange, now);
  }

  @Override
  public Page<Image> list(ImageFilter filter, ImageOrder order, PageRequest page) {
    return queries.list(filter, order, page);
  }

  @Override
  public void deleteAll(NamespaceId namespace, Instant now) {
    rows.deleteAll(namespace, now);
  }

  @Override
  public Optional<ImageId> claimDeleting() {
    return session.createNativeQuery(CLAIM, UUID.class).uniqueResultOptional().map(ImageId::new);
  }

  @Override
  public boolean purge(ImageId id, int limit) {
    return purge.purge(id, limit);
  }

  @Override
  public boolean anyIn(NamespaceId namespace) {
    return session
        .createNativeQuery(
            "select exists (select from image where namespace_id = :namespace)", Boolean.class)
        .setParameter("namespace", namespace.value())
        .getSingleResult();
  }

  private Optional<ImageId> findId(NamespaceId namespace, ImageName name) {
    return session
        .createNativeQuery(FIND_ID, UUID.class)
        .setParameter("namespace", namespace.value())
        .setParameter("name", name.value())
        .uniqueResultOptional()
        .map(ImageId::new);
  }

  private boolean add(UUID id, NamespaceId namespace, ImageName name, Instant now) {
    return session
            .createNativeMutationQuery(ADD)
            .setParameter("id", id)
            .setParameter("namespace", namespace.value())
            .setParameter("name", name.value())
            .setParameter("now", now)
            .executeUpdate()
        > 0;
  }

  private void requireReady(NamespaceId namespace) {
    var _ =
        session
            .createNativeQuery(IS_NAMESPACE_READY, UUID.class)
            .setParameter("namespace", namespace.value())
            .uniqueResultOptional()
            .orElseThrow(() -> RegistryException.notFound(ResourceType.NAMESPACE, namespace));
  }
}
