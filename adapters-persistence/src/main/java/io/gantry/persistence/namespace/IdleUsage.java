package io.gantry.persistence.namespace;

import io.gantry.domain.UnitOfWork;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.hibernate.Session;

/**
 * Brings the usage of idle namespaces into one row each. Pushes spread it over up to 16, which lie
 * scattered, and a list reads those of all its namespaces. Nobody else writes the row that stays.
 *
 * <p>A sum over the rows of a namespace is the same before and after, in every snapshot. Pushes
 * that come meanwhile wait for the end of the transaction, find their row gone, and add it anew
 * (READ COMMITTED). It never waits itself, so there is no circle with those who hold several rows:
 * it passes over what is locked, its namespaces cannot be removed meanwhile, and replicas keep each
 * other out.
 */
@Singleton
public final class IdleUsage {
  private static final int BATCH = 1_000;

  /** Held to the end of the transaction; the number is arbitrary, but fixed for ever. */
  private static final String TRY_LOCK = "select pg_try_advisory_xact_lock(7404)";

  /** What is deleted is the newest version of the row, which {@code taken} locked. */
  private static final String MERGE =
      """
      with idle as materialized (
        select namespace_id, shard from namespace_usage
        where shard >= 0 and updated_at < now() - :millis * interval '1 millisecond'
        order by namespace_id limit :limit
      ), kept as materialized (
        select n.id from namespace n where n.id in (select namespace_id from idle)
        for key share skip locked
      ), taken as materialized (
        select u.namespace_id, u.shard
        from kept k
        join idle i on i.namespace_id = k.id
        join namespace_usage u on u.namespace_id = i.namespace_id and u.shard = i.shard
        for update of u skip locked
      ), gone as (
        delete from namespace_usage u using taken t
        where u.namespace_id = t.namespace_id and u.shard = t.shard
        returning u.namespace_id, u.size, u.image_count, u.updated_at
      ), merged as (
        insert into namespace_usage as u (namespace_id, shard, size, image_count, updated_at)
        select namespace_id, -1, sum(size), sum(image_count), max(updated_at)
        from gone group by namespace_id
        on conflict (namespace_id, shard) do update
        set size = u.size + excluded.size, image_count = u.image_count + excluded.image_count,
            updated_at = greatest(u.updated_at, excluded.updated_at)
      )
      select count(*) from gone
      """;

  private final Session session;
  private final UnitOfWork unitOfWork;

  IdleUsage(Session session, UnitOfWork unitOfWork) {
    this.session = session;
    this.unitOfWork = unitOfWork;
  }

  /**
   * Merges what was not pushed to for so long, batch by batch in transactions of their own. What is
   * locked, or being merged by another replica, is left for the next time.
   */
  public void merge(Duration idle) {
    long merged;
    do {
      merged = unitOfWork.inTransaction(() -> mergeBatch(idle));
    } while (merged == BATCH);
  }

  /** In the caller's transaction; returns how many rows are gone. */
  long mergeBatch(Duration idle) {
    if (!session.createNativeQuery(TRY_LOCK, Boolean.class).getSingleResult()) return 0;
    return session
        .createNativeQuery(MERGE, Long.class)
        .setParameter("millis", idle.toMillis())
        .setParameter("limit", BATCH)
        .getSingleResult();
  }
}
