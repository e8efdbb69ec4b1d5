package io.gantry.persistence.upload;

import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.upload.Upload;
import io.gantry.domain.upload.UploadId;
import io.gantry.domain.upload.UploadRepository;
import io.gantry.persistence.Constraints;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.query.MutationQuery;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;

/** Upload sessions in PostgreSQL: one row each, one statement per call. */
@Singleton
final class SqlUploadRepository implements UploadRepository {

  /**
   * An empty session may be lost with the machine: its client begins again. So its commit does not
   * wait for the disk. The commit of the first writer does, and the log keeps their order: no byte
   * is written under a key that could still be lost.
   */
  private static final String ADD =
      """
      insert into upload (id, image_id, storage_key, length, epoch, content, expires_at)
      select :id, :image, :key, :length, :epoch, nullif(:content, ''),
             now() + :idle * interval '1 millisecond'
      from (select set_config('synchronous_commit', 'off', true)) as not_waiting
      """;

  private static final String FIND =
      """
      select storage_key, length, epoch, content from upload
      where id = :id and image_id = :image and storage_key is not null and expires_at > now()
      """;

  private static final String BEGIN_WRITE =
      """
      update upload
      set epoch = epoch + 1, expires_at = now() + :idle * interval '1 millisecond'
      where id = :id and image_id = :image and storage_key is not null and expires_at > now()
      returning storage_key, length, epoch, content
      """;

  private static final String ADVANCE =
      """
      update upload
      set length = :length, content = nullif(:content, ''),
          expires_at = now() + :idle * interval '1 millisecond'
      where id = :id and image_id = :image and epoch = :epoch and storage_key is not null
      """;

  private static final String CLOSE =
      """
      update upload
      set storage_key = null, closed_as = :digest,
          expires_at = now() + :remember * interval '1 millisecond'
      where id = :id and image_id = :image and epoch = :epoch and storage_key is not null
      """;

  private static final String CLOSED_AS =
      """
      select closed_as from upload
      where id = :id and image_id = :image and closed_as is not null and expires_at > now()
      """;

  private static final String CANCEL =
      """
      with gone as (
        delete from upload
        where id = :id and image_id = :image and storage_key is not null and expires_at > now()
        returning storage_key
      )
      insert into tombstone (storage_key, due_at)
      select storage_key, now() + :late * interval '1 millisecond' from gone
      """;

  private static final String BURY =
      """
      insert into tombstone (storage_key, due_at)
      values (:key, now() + :late * interval '1 millisecond')
      on conflict (storage_key) do update
      set due_at = excluded.due_at, attempts = tombstone.attempts + 1
      """;

  private static final String TAKE_BACK_IF_NAMED =
      """
      delete from tombstone
      where storage_key = :key
        and (exists (select from blob where storage_key = :key)
          or exists (select from upload where storage_key = :key))
      """;

  private static final String EXPIRE =
      """
      with expired as materialized (
        select id from upload where expires_at <= now()
        order by expires_at limit :limit
        for update skip locked
      ), gone as (
        delete from upload u using expired e where u.id = e.id returning u.storage_key
      ), buried as (
        insert into tombstone (storage_key, due_at)
        select storage_key, now() + :late * interval '1 millisecond'
        from gone where storage_key is not null
      )
      select count(*) from gone
      """;

  private final Session session;

  SqlUploadRepository(Session session) {
    this.session = session;
  }

  @Override
  public void add(Upload upload, Duration idle) {
    try {
      MutationQuery insert =
          mutation(ADD, upload.image(), upload.id())
              .setParameter("key", upload.key().value())
              .setParameter("length", upload.length())
              .setParameter("epoch", upload.epoch())
              .setParameter("content", contentOf(upload))
              .setParameter("idle", idle.toMillis());
      var _ = insert.executeUpdate();
    } catch (PersistenceException e) {
      if (!Constraints.violates(e, "upload_image_fk")) throw e;
      throw RegistryException.notFound(ResourceType.REPOSITORY, upload.image());
    }
  }

  @Override
  public Optional<Upload> find(ImageId image, UploadId id) {
    return query(FIND, Tuple.class, image, id)
        .uniqueResultOptional()
        .map(row -> toUpload(image, id, row));
  }

  @Override
  public Optional<Upload> beginWrite(ImageId image, UploadId id, Duration idle) {
    return query(BEGIN_WRITE, Tuple.class, image, id)
        .setParameter("idle", idle.toMillis())
        .uniqueResultOptional()
        .map(row -> toUpload(image, id, row));
  }

  @Override
  public boolean advance(Upload upload, Duration idle) {
    return mutation(ADVANCE, upload.image(), upload.id())
            .setParameter("length", upload.length())
            .setParameter("epoch", upload.epoch())
            .setParameter("content", contentOf(upload))
            .setParameter("idle", idle.toMillis())
            .executeUpdate()
        > 0;
  }

  @Override
  public boolean close(Upload upload, Digest digest, Duration remember) {
    return mutation(CLOSE, upload.image(), upload.id())
            .setParameter("epoch", upload.epoch())
            .setParameter("digest", digest.toString())
            .setParameter("remember", remember.toMillis())
            .executeUpdate()
        > 0;
  }

  @Override
  public Optional<Digest> closedAs(ImageId image, UploadId id) {
    return query(CLOSED_AS, String.class, image, id).uniqueResultOptional().map(Digest::parse);
  }

  @Override
  public boolean cancel(ImageId image, UploadId id) {
    return mutation(CANCEL, image, id).setParameter("late", LATE_WRITER.toMillis()).executeUpdate()
        > 0;
  }

  /**
   * First buries, which waits for whoever is giving this key to a blob just now, and keeps one that
   * was reserved from being given to a blob later, by a statement whose answer was lost; then
   * looks, in a statement of its own, whether the key has become anything. Keys are used once, so
   * what is nobody's then stays so.
   */
  @Override
  public boolean bury(StorageKey key) {
    var _ =
        session
            .createNativeMutationQuery(BURY)
            .setParameter("key", key.value())
            .setParameter("late", LATE_WRITER.toMillis())
            .executeUpdate();
    int named =
        session
            .createNativeMutationQuery(TAKE_BACK_IF_NAMED)
            .setParameter("key", key.value())
            .executeUpdate();
    return named == 0;
  }

  @Override
  public int expire(int limit) {
    return session
        .createNativeQuery(EXPIRE, Long.class)
        .setParameter("limit", limit)
        .setParameter("late", LATE_WRITER.toMillis())
        .getSingleResult()
        .intValue();
  }

  private <T> NativeQuery<T> query(String sql, Class<T> type, ImageId image, UploadId id) {
    return session
        .createNativeQuery(sql, type)
        .setParameter("image", image.value())
        .setParameter("id", id.value());
  }

  private MutationQuery mutation(String sql, ImageId image, UploadId id) {
    return session
        .createNativeMutationQuery(sql)
        .setParameter("image", image.value())
        .setParameter("id", id.value());
  }

  /** Empty for unknown: a null parameter has no type that PostgreSQL could know. */
  private static String contentOf(Upload upload) {
    return upload.content().map(Digest::toString).orElse("");
  }

  private static Upload toUpload(ImageId image, UploadId id, Tuple row) {
    @Nullable String content = row.get("content", String.class);
    return new Upload(
        id,
        image,
        new StorageKey(row.get("storage_key", UUID.class)),
        row.get("length", Long.class),
        row.get("epoch", Long.class),
        Optional.ofNullable(content).map(Digest::parse));
  }
}
