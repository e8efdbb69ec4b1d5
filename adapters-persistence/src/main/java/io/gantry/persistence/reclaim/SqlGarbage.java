package io.gantry.persistence.reclaim;

import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.reclaim.Garbage;
import io.gantry.domain.reclaim.Reclaimed;
import io.gantry.persistence.Statements;
import io.gantry.persistence.reclaim.Slices.Slice;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.hibernate.Session;

/**
 * Collection in PostgreSQL.
 *
 * <p>Steps that remove what a foreign key may point at are two statements of one transaction. The
 * first locks candidates, skipping those somebody else holds: a push that refers to one holds it
 * until it commits. The second looks again with a snapshot taken under those locks. Whoever
 * referred to a candidate before it was locked is seen by then, and nobody can while it is locked;
 * so the foreign keys, which are the proof, never have to object. A push that waited behind a
 * removal finds the row gone.
 *
 * <p>Links and blobs are looked through in {@link Slices}: a step looks at one, and at the same one
 * again as long as it found as much as it may take.
 */
@Singleton
final class SqlGarbage implements Garbage {

  /** How many rows of a table are looked at for garbage in one statement. */
  private static final int SLICE = 50_000;

  /** Sorted by the column, as it is in the index; its bare name would be that of the text. */
  private static final String END_OF_LINKS =
      """
      select cast(l.image_id as text) from blob_link l where l.image_id > cast(? as uuid)
      order by l.image_id offset %d limit 1
      """
          .formatted(SLICE - 1);

  private static final String END_OF_BLOBS =
      "select digest from blob where digest > ? order by digest offset %d limit 1"
          .formatted(SLICE - 1);

  /** What is in a slice, also of the tables that it is compared with. */
  private static final String IN_SLICE_OF_LINKS =
      "%1$s.image_id > cast(:after as uuid) and %1$s.image_id <= cast(:to as uuid)";

  private static final String IN_SLICE_OF_BLOBS = "%1$s.digest > :after and %1$s.digest <= :to";

  private static final String LOCK_UNUSED_LINKS =
      """
      select l.image_id, l.digest from blob_link l
      where l.leased_until < now() and %s
        and %s
      limit :limit
      for update of l skip locked
      """
          .formatted(
              IN_SLICE_OF_LINKS.formatted("l"), unused("and " + IN_SLICE_OF_LINKS.formatted("m")));

  private static final String UNLINK =
      """
      delete from blob_link l
      using unnest(:images, :digests) as c (image_id, digest)
      where l.image_id = c.image_id and l.digest = c.digest
        and %s
      """
          .formatted(unused(""));

  private static final String LOCK_UNLINKED_BLOBS =
      """
      select b.digest from blob b
      where %s
        and not exists (select from blob_link l where l.digest = b.digest and %s)
      limit :limit
      for update of b skip locked
      """
          .formatted(IN_SLICE_OF_BLOBS.formatted("b"), IN_SLICE_OF_BLOBS.formatted("l"));

  private static final String BURY =
      """
      with dead as (
        delete from blob b
        where b.digest = any(:digests)
          and not exists (select from blob_link l where l.digest = b.digest)
        returning b.size, b.storage_key
      ), buried as (
        insert into tombstone (storage_key) select storage_key from dead
      )
      select count(*) as items, cast(coalesce(sum(size), 0) as bigint) as bytes from dead
      """;

  /** Old enough that nobody is between creating the image and using it. */
  private static final String LOCK_EMPTY_IMAGES =
      """
      select i.id from image i
      where not i.published and i.status = 'READY' and i.created_at < now() - interval '1 hour'
        and not exists (select from blob_link l where l.image_id = i.id)
        and not exists (select from upload u where u.image_id = i.id)
        and not exists (select from manifest m where m.image_id = i.id)
      limit :limit
      for update of i skip locked
      """;

  private static final String REMOVE_IMAGES =
      """
      delete from image i
      where i.id = any(:ids)
        and not exists (select from blob_link l where l.image_id = i.id)
        and not exists (select from upload u where u.image_id = i.id)
        and not exists (select from manifest m where m.image_id = i.id)
      """;

  private static final String DUE_TOMBSTONES =
      """
      with due as materialized (
        select storage_key from tombstone where due_at <= now()
        order by due_at limit :limit
        for update skip locked
      )
      update tombstone t
      set due_at = now() + :retry_after * interval '1 millisecond', attempts = t.attempts + 1
      from due where t.storage_key = due.storage_key
      returning t.storage_key
      """;

  private static final String FORGET = "delete from tombstone where storage_key = any(:keys)";

  private final Session session;
  private final Slices links;
  private final Slices blobs;

  SqlGarbage(Session session, Statements statements) {
    this.session = session;
    this.links =
        new Slices(
            statements,
            END_OF_LINKS,
            "00000000-0000-0000-0000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
            () -> UUID.randomUUID().toString());
    this.blobs =
        new Slices(
            statements,
            END_OF_BLOBS,
            "",
            "~",
            () -> "sha256:%04x".formatted(ThreadLocalRandom.current().nextInt(0x10000)));
  }

  @Override
  public long unlinkUnused(int limit) {
    Slice slice = links.next();
    List<Tuple> unused =
        session
            .createNativeQuery(LOCK_UNUSED_LINKS, Tuple.class)
            .setParameter("after", slice.after())
            .setParameter("to", slice.to())
            .setParameter("limit", limit)
            .getResultList();
    if (unused.size() < limit) links.done(slice);
    if (unused.isEmpty()) return 0;
    return session
        .createNativeMutationQuery(UNLINK)
        .setParameter(
            "images",
            unused.stream().map(row -> row.get("image_id", UUID.class)).toArray(UUID[]::new))
        .setParameter(
            "digests",
            unused.stream().map(row -> row.get("digest", String.class)).toArray(String[]::new))
        .executeUpdate();
  }

  @Override
  public Reclaimed buryUnlinked(int limit) {
    Slice slice = blobs.next();
    List<String> unlinked =
        session
            .createNativeQuery(LOCK_UNLINKED_BLOBS, String.class)
            .setParameter("after", slice.after())
            .setParameter("to", slice.to())
            .setParameter("limit", limit)
            .getResultList();
    if (unlinked.size() < limit) blobs.done(slice);
    if (unlinked.isEmpty()) return Reclaimed.NOTHING;
    Tuple freed =
        session
            .createNativeQuery(BURY, Tuple.class)
            .setParameter("digests", unlinked.toArray(String[]::new))
            .getSingleResult();
    return new Reclaimed(freed.get("items", Long.class), freed.get("bytes", Long.class));
  }

  @Override
  public long removeEmptyImages(int limit) {
    List<UUID> empty =
        session
            .createNativeQuery(LOCK_EMPTY_IMAGES, UUID.class)
            .setParameter("limit", limit)
            .getResultList();
    if (empty.isEmpty()) return 0;
    return session
        .createNativeMutationQuery(REMOVE_IMAGES)
        .setParameter("ids", empty.toArray(UUID[]::new))
        .executeUpdate();
  }

  @Override
  public List<StorageKey> dueTombstones(int limit, Duration retryAfter) {
    return session
        .createNativeQuery(DUE_TOMBSTONES, UUID.class)
        .setParameter("limit", limit)
        .setParameter("retry_after", retryAfter.toMillis())
        .getResultList()
        .stream()
        .map(StorageKey::new)
        .toList();
  }

  @Override
  public void forget(List<StorageKey> keys) {
    if (keys.isEmpty()) return;
    var _ =
        session
            .createNativeMutationQuery(FORGET)
            .setParameter("keys", keys.stream().map(StorageKey::value).toArray(UUID[]::new))
            .executeUpdate();
  }

  /**
   * Rows that wait for the link are there only if it is not, but the link should not depend on it;
   * and a child that is waited for as a manifest may have come as a blob.
   *
   * @param parts what is asked of the rows that refer to links, by their alias
   */
  private static String unused(String parts) {
    return """
        not exists (
            select from manifest_blob m
            where m.image_id = l.image_id and m.held = l.digest %1$s)
          and not exists (
            select from manifest_blob m
            where m.image_id = l.image_id and m.digest = l.digest and m.held is null %1$s)
          and not exists (
            select from manifest_child m
            where m.image_id = l.image_id and m.child = l.digest and m.held is null %1$s)
        """
        .formatted(parts);
  }
}
