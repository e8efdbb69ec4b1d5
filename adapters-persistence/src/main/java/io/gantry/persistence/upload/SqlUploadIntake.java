package io.gantry.persistence.upload;

import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.upload.Arrival;
import io.gantry.domain.upload.Claim;
import io.gantry.domain.upload.Upload;
import io.gantry.domain.upload.UploadId;
import io.gantry.domain.upload.UploadIntake;
import io.gantry.persistence.Parameters;
import io.gantry.persistence.Statements;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes sessions and blobs in with one statement for any number of them.
 *
 * <p>Rows are locked in the order of their keys, so that two groups wait for each other but never
 * in a circle. A reserved key is in one group only, so it does not matter in which order those are.
 *
 * <p>One plan serves any number of items, because the arrays are in sub-selects: see {@code
 * PullsTogether}. In that plan each row is looked up by its key, one after the other, which {@code
 * offset 0} makes certain. PostgreSQL would else read all sessions that are open, or the whole
 * table of tombstones, when it last saw few of them; and both have more dead rows than others.
 */
@Singleton
final class SqlUploadIntake implements UploadIntake {

  /**
   * As in {@link SqlUploadRepository}, whoever has an empty session does not wait for the disk. The
   * lock keeps an image there until its session is, which its foreign key would not wait for.
   */
  private static final String OPEN =
      """
      with opened as materialized (
        select a.id, a.key, a.content, i.id as image_id
        from (
          select * from unnest(
            (select ?::uuid[]), (select ?::uuid[]), (select ?::uuid[]), (select ?::text[]))
            as arrived(id, image_id, key, content)
          order by image_id
        ) a
        cross join lateral (
          select one.* from image one where one.id = a.image_id offset 0 for key share
        ) i
        cross join lateral (
          select one.status from namespace one where one.id = i.namespace_id offset 0
        ) n
        where i.status = 'READY' and n.status = 'READY'
      )
      insert into upload (id, image_id, storage_key, length, epoch, content, expires_at)
      select id, image_id, key, 0, 0, content, now() + ? * interval '1 millisecond'
      from opened, (select set_config('synchronous_commit', 'off', true)) as not_waiting
      returning id
      """;

  /**
   * Those that may be recorded. A session is looked at again when its lock was waited for, so of
   * two who come at once, be it by {@code beginWrite}, one finds it touched. That no writer has
   * ever begun means that no byte was ever written under the session's own key, and none will be:
   * who begins later is given the key that the row has then. A reserved key that was given to the
   * reaper before, or given up by a writer who did not hear how it went, is as good as gone.
   */
  private static final String GOOD_ARRIVALS =
      """
      with good as materialized (
        select a.*, i.project_id
        from (
          select * from unnest(
            (select ?::uuid[]), (select ?::uuid[]), (select ?::text[]), (select ?::bigint[]),
            (select ?::uuid[]))
            as arrived(image_id, upload_id, digest, size, key)
          order by upload_id
        ) a
        cross join lateral (
          select one.* from upload one where one.id = a.upload_id offset 0 for update
        ) u
        cross join lateral (
          select one.* from image one where one.id = a.image_id offset 0
        ) i
        cross join lateral (
          select one.status from namespace one where one.id = i.namespace_id offset 0
        ) n
        cross join lateral (
          select one.* from tombstone one where one.storage_key = a.key offset 0 for update
        ) t
        where u.image_id = a.image_id
          and u.epoch = 0 and u.storage_key is not null and u.expires_at > now()
          and i.status = 'READY' and n.status = 'READY'
          and t.attempts = 0 and t.due_at > now()
      )
      """;

  /**
   * Makes what is {@code good} blobs. One that somebody else is adding right now cannot be seen by
   * this statement, though it keeps this one from adding it: then it is not in {@code kept}, and
   * what was to become it is left out.
   */
  private static final String RECORD =
      """
      , added as (
        insert into blob (digest, size, storage_key)
        select distinct on (digest) digest, size, key from good order by digest, key
        on conflict (digest) do nothing
        returning digest, storage_key
      ), present as (
        select b.digest from blob b
        where b.digest in (select digest from good except select digest from added)
        order by b.digest
        for key share
      ), kept as (
        select digest from added union all select digest from present
      ), recorded as materialized (
        select g.* from good g join kept k on k.digest = g.digest
      ), linked as (
        insert into blob_link as l (image_id, project_id, digest, leased_until)
        select distinct image_id, project_id, digest, now() + ? * interval '1 millisecond' from recorded
        order by image_id, digest
        on conflict (image_id, digest) do update
        set leased_until = greatest(l.leased_until, excluded.leased_until)
      ), closed as (
        update upload u
        set storage_key = null, closed_as = r.digest,
            expires_at = now() + ? * interval '1 millisecond'
        from recorded r where u.id = r.upload_id
      )
      """;

  private static final String CLOSE =
      GOOD_ARRIVALS
          + RECORD
          + """
          , used as (
            delete from tombstone where storage_key in (select storage_key from added)
          ), unused as (
            update tombstone set due_at = now()
            where storage_key in (
              select key from recorded except select storage_key from added)
          )
          select upload_id from recorded
          """;

  private static final String UNTOUCHED =
      """
      select u.id, u.image_id, u.storage_key, u.content
      from unnest((select ?::uuid[])) as wanted(id)
      cross join lateral (select one.* from upload one where one.id = wanted.id offset 0) u
      where u.epoch = 0 and u.storage_key is not null and u.expires_at > now()
      """;

  /** The session's own key needs no tombstone: see {@link #GOOD_ARRIVALS}. */
  private static final String WRITE =
      GOOD_ARRIVALS
          + """
          , used as (
            delete from tombstone where storage_key in (select key from good)
          )
          update upload u
          set storage_key = g.key, length = g.size, content = g.digest, epoch = 1,
              expires_at = now() + ? * interval '1 millisecond'
          from good g where u.id = g.upload_id
          returning u.id
          """;

  /**
   * The epoch is one more than before for each writer that begins. So while it is 1 there was one,
   * and this has finished if the row has a length: it says so last, after its file is closed and
   * synced. A second one that begins at the same time is waited for, and then the epoch is 2.
   */
  private static final String FINISH =
      """
      with good as materialized (
        select u.id as upload_id, u.image_id, i.project_id, u.content as digest, u.length as size,
               u.storage_key as key
        from (
          select * from unnest((select ?::uuid[]), (select ?::uuid[]), (select ?::text[]))
            as claim(image_id, upload_id, digest)
          order by upload_id
        ) c
        cross join lateral (
          select one.* from upload one where one.id = c.upload_id offset 0 for update
        ) u
        cross join lateral (
          select one.* from image one where one.id = c.image_id offset 0
        ) i
        cross join lateral (
          select one.status from namespace one where one.id = i.namespace_id offset 0
        ) n
        where u.image_id = c.image_id and u.content = c.digest
          and u.epoch = 1 and u.length > 0 and u.storage_key is not null and u.expires_at > now()
          and i.status = 'READY' and n.status = 'READY'
      )
      """
          + RECORD
          + """
          , unused as (
            insert into tombstone (storage_key)
            select key from recorded except select storage_key from added
          )
          select upload_id from recorded
          """;

  private final Statements statements;

  SqlUploadIntake(Statements statements) {
    this.statements = statements;
  }

  @Override
  public Set<UploadId> open(Collection<Upload> uploads, Duration idle) {
    List<Upload> all = List.copyOf(uploads);
    return ids(
        OPEN,
        parameters -> {
          parameters.array("uuid", all, upload -> upload.id().value());
          parameters.array("uuid", all, upload -> upload.image().value());
          parameters.array("uuid", all, upload -> upload.key().value());
          parameters.array(
              "text", all, upload -> upload.content().map(Digest::toString).orElse(null));
          parameters.number(idle.toMillis());
        });
  }

  @Override
  public Set<UploadId> close(Collection<Arrival> arrivals, Duration remember, Duration lease) {
    List<Arrival> all = List.copyOf(arrivals);
    return ids(
        CLOSE,
        parameters -> {
          bind(all, parameters);
          parameters.number(lease.toMillis());
          parameters.number(remember.toMillis());
        });
  }

  @Override
  public Collection<Upload> untouched(Collection<UploadId> ids) {
    List<UploadId> all = List.copyOf(ids);
    return statements.query(
        UNTOUCHED,
        parameters -> parameters.array("uuid", all, UploadId::value),
        SqlUploadIntake::toUntouched);
  }

  @Override
  public Set<UploadId> write(Collection<Arrival> arrivals, Duration idle) {
    List<Arrival> all = List.copyOf(arrivals);
    return ids(
        WRITE,
        parameters -> {
          bind(all, parameters);
          parameters.number(idle.toMillis());
        });
  }

  @Override
  public Set<UploadId> finish(Collection<Claim> claims, Duration remember, Duration lease) {
    List<Claim> all = List.copyOf(claims);
    return ids(
        FINISH,
        parameters -> {
          parameters.array("uuid", all, claim -> claim.image().value());
          parameters.array("uuid", all, claim -> claim.upload().value());
          parameters.array("text", all, claim -> claim.digest().toString());
          parameters.number(lease.toMillis());
          parameters.number(remember.toMillis());
        });
  }

  private static void bind(List<Arrival> all, Parameters parameters) throws SQLException {
    parameters.array("uuid", all, arrival -> arrival.image().value());
    parameters.array("uuid", all, arrival -> arrival.upload().value());
    parameters.array("text", all, arrival -> arrival.blob().digest().toString());
    parameters.array("bigint", all, arrival -> arrival.blob().size().bytes());
    parameters.array("uuid", all, arrival -> arrival.blob().key().value());
  }

  private static Upload toUntouched(ResultSet row) throws SQLException {
    @Nullable String content = row.getString(4);
    return new Upload(
        new UploadId(row.getObject(1, UUID.class)),
        new ImageId(row.getObject(2, UUID.class)),
        new StorageKey(row.getObject(3, UUID.class)),
        0,
        0,
        Optional.ofNullable(content).map(Digest::parse));
  }

  private Set<UploadId> ids(String sql, Statements.Binding binding) {
    return Set.copyOf(
        statements.query(sql, binding, row -> new UploadId(row.getObject(1, UUID.class))));
  }
}
