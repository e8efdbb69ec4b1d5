package io.gantry.persistence.paging;

import io.gantry.domain.UnitOfWork;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.query.MutationQuery;

/**
 * Keeps landmarks near to each other and what is not counted into them little. Lists are exact in
 * every moment and without it, but become slower the more changed since.
 *
 * <p>In every snapshot the landmarks of a list and its rows in {@code list_change} add up to the
 * rows of the list. Triggers keep it so by adding a change in the transaction of the row. Here each
 * statement keeps it so by itself: the changes that it removes and the rows that it counts are
 * those of one snapshot (READ COMMITTED), whatever is committed meanwhile stays for the next one.
 * It never waits: nobody else writes landmarks or removes changes, and replicas keep each other
 * out.
 */
@Singleton
public final class LandmarkKeeper {
  /** Rows from one landmark to the next, when a block was divided. */
  private static final int BLOCK = 1_000;

  /** Held to the end of the transaction; the number is arbitrary, but fixed for ever. */
  private static final String TRY_LOCK = "select pg_try_advisory_xact_lock(7403)";

  /** A list that had no landmark gets its first one. */
  private static final String COUNT_IN =
      """
      with gone as (
        delete from list_change returning *
      )
      insert into landmark as l
        (list, project_id, region, key_text, key_time, key_id, row_count, deleting_count)
      select g.list, g.project_id, g.region, coalesce(b.key_text, ''),
             coalesce(b.key_time, '-infinity'),
             coalesce(b.key_id, '00000000-0000-0000-0000-000000000000'),
             sum(g.row_count), sum(g.deleting_count)
      from gone g
      left join lateral (
        select b.key_text, b.key_time, b.key_id from landmark b
        where b.list = g.list and b.project_id = g.project_id and b.region = g.region
          and (b.key_text, b.key_time, b.key_id) <= (g.key_text, g.key_time, g.key_id)
        order by b.key_text desc, b.key_time desc, b.key_id desc limit 1
      ) b on true
      group by 1, 2, 3, 4, 5, 6
      on conflict on constraint landmark_pk do update
      set row_count = l.row_count + excluded.row_count,
          deleting_count = l.deleting_count + excluded.deleting_count
      """;

  /** Lists with a long block, or with landmarks that have few rows on average. */
  private static final String UNEVEN =
      """
      select list, project_id, region from landmark group by list, project_id, region
      having max(row_count) > 2 * :block
        or count(*) > 8 and sum(row_count) * 4 < count(*) * :block
      """;

  private static final String OF_LIST =
      "list = :list and project_id = :project and region = :region";

  /** Blocks that fit into one become one; what is longer than that is divided afterwards. */
  private static final String MERGE =
      """
      with block as (
        select key_text, key_time, key_id, row_count, deleting_count,
               div(sum(row_count) over (order by key_text, key_time, key_id) - row_count, :block)
                 as place
        from landmark where %1$s
      ), merged as (
        select distinct on (place) key_text, key_time, key_id,
               sum(row_count) over (partition by place) as row_count,
               sum(deleting_count) over (partition by place) as deleting_count
        from block order by place, key_text, key_time, key_id
      ), gone as (
        delete from landmark where %1$s
          and (key_text, key_time, key_id) not in (select key_text, key_time, key_id from merged)
      )
      update landmark l set row_count = m.row_count, deleting_count = m.deleting_count
      from merged m
      where %1$s and (l.key_text, l.key_time, l.key_id) = (m.key_text, m.key_time, m.key_id)
      """
          .formatted(OF_LIST);

  private final Session session;
  private final UnitOfWork unitOfWork;

  LandmarkKeeper(Session session, UnitOfWork unitOfWork) {
    this.session = session;
    this.unitOfWork = unitOfWork;
  }

  private record Uneven(String list, UUID project, String region) {
    static Uneven of(Tuple row) {
      return new Uneven(
          row.get("list", String.class),
          row.get("project_id", UUID.class),
          row.get("region", String.class));
    }
  }

  /**
   * Counts in what changed, then makes blocks even, each list in a transaction of its own. Leaves
   * all that to another replica that is at it.
   *
   * @throws RuntimeException what the first list that failed said, when all others are done
   */
  public void refresh() {
    refresh(BLOCK);
  }

  void refresh(int block) {
    List<Uneven> lists = unitOfWork.inTransaction(() -> countIn(block));
    RuntimeException failure = null;
    for (Uneven list : lists) {
      try {
        unitOfWork.run(() -> makeEven(list, block));
      } catch (RuntimeException e) {
        if (failure == null) failure = e;
        else failure.addSuppressed(e);
      }
    }
    if (failure != null) throw failure;
  }

  private List<Uneven> countIn(int block) {
    if (!tryLock()) return List.of();
    var _ = session.createNativeMutationQuery(COUNT_IN).executeUpdate();
    return session
        .createNativeQuery(UNEVEN, Tuple.class)
        .setParameter("block", block)
        .getResultList()
        .stream()
        .map(Uneven::of)
        .toList();
  }

  private void makeEven(Uneven it, int block) {
    if (!tryLock()) return;
    var _ = change(MERGE, it, block).executeUpdate();
    MutationQuery divide = change(divide(LongList.valueOf(it.list())), it, block);
    int added;
    do {
      added = divide.executeUpdate();
    } while (added > 0);
  }

  private boolean tryLock() {
    return session.createNativeQuery(TRY_LOCK, Boolean.class).getSingleResult();
  }

  /**
   * Counts the rows of the first long block. Its landmark keeps the first piece, the others begin
   * with their first row. The end of the last block is after any key: no text is so long.
   */
  private static String divide(LongList list) {
    return """
      with block as materialized (
        select * from (
          select key_text, key_time, key_id, row_count,
                 lead(key_text, 1, repeat(chr(1114111), 257)) over following as end_text,
                 lead(key_time, 1, 'infinity') over following as end_time,
                 lead(key_id, 1, 'ffffffff-ffff-ffff-ffff-ffffffffffff') over following as end_id
          from landmark where %1$s window following as (order by key_text, key_time, key_id)
        ) blocks
        where row_count > 2 * :block order by key_text, key_time, key_id limit 1
      ), gone as (
        delete from list_change where %1$s
          and (key_text, key_time, key_id) >= (select key_text, key_time, key_id from block)
          and (key_text, key_time, key_id) < (select end_text, end_time, end_id from block)
      ), numbered as materialized (
        select %2$s, %3$s as deleting, row_number() over (order by %4$s) - 1 as number
        from %5$s and project_id = :project and region = :region
          and (%4$s) >= (select %6$s from block) and (%4$s) < (select %7$s from block)
      ), piece as (
        select number / :block as number, count(*) as row_count,
               count(*) filter (where deleting) as deleting_count
        from numbered group by 1
      ), kept as (
        update landmark l
        set row_count = coalesce(p.row_count, 0), deleting_count = coalesce(p.deleting_count, 0)
        from block b left join piece p on p.number = 0
        where %1$s and (l.key_text, l.key_time, l.key_id) = (b.key_text, b.key_time, b.key_id)
      )
      insert into landmark
        (list, project_id, region, key_text, key_time, key_id, row_count, deleting_count)
      select :list, :project, :region, n.key_text, n.key_time, n.key_id, p.row_count,
             p.deleting_count
      from piece p join numbered n on n.number = p.number * :block
      where p.number > 0
      """
        .formatted(
            OF_LIST,
            list.keyOfRow(),
            list.deleting(),
            list.keys,
            list.rows,
            list.landmarkKeys,
            list.landmarkKeys.replace("key_", "end_"));
  }

  private MutationQuery change(String sql, Uneven it, int block) {
    return session
        .createNativeMutationQuery(sql)
        .setParameter("list", it.list())
        .setParameter("project", it.project())
        .setParameter("region", it.region())
        .setParameter("block", block);
  }
}
