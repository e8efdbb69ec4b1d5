package io.gantry.persistence.image;

import io.gantry.domain.image.ImageId;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.hibernate.Session;
import org.hibernate.query.MutationQuery;

/**
 * Counts an image into its namespace and its project: always in the same of 16 shards, so that
 * pushes to different images of a namespace seldom wait for each other. Shards of a namespace that
 * is idle are taken up into one row ({@code IdleUsage}), so each change adds its own if it is not
 * there; a shard by itself may be negative.
 */
@Singleton
final class ImageUsage {
  private static final int SHARDS = 16;

  private static final String TOUCH =
      """
      with before as (
        select namespace_id, project_id, region, published from image where id = :id
      ), moved as (
        update image set size = size + :change, updated_at = :now, published = true where id = :id
      ), counted as (
        insert into project_usage as p (project_id, region, shard, image_count)
        select project_id, region, :shard, 1 from before where not published
        on conflict (project_id, region, shard) do update set image_count = p.image_count + 1
      )
      insert into namespace_usage as u (namespace_id, shard, size, image_count, updated_at)
      select namespace_id, :shard, :change, case when published then 0 else 1 end, :now from before
      on conflict (namespace_id, shard) do update
      set size = u.size + excluded.size, image_count = u.image_count + excluded.image_count,
          updated_at = greatest(u.updated_at, excluded.updated_at)
      """;

  private static final String NOTE_CHANGE =
      """
      insert into namespace_usage as u (namespace_id, shard, size, image_count, updated_at)
      select namespace_id, :shard, 0, 0, updated_at from image where id = :id
      on conflict (namespace_id, shard) do update
      set updated_at = greatest(u.updated_at, excluded.updated_at)
      """;

  private static final String REMOVE =
      """
      with gone as (
        delete from image where id = :id
        returning namespace_id, project_id, region, size, published, updated_at
      ), counted as (
        update project_usage p set image_count = p.image_count - 1 from gone
        where gone.published and p.project_id = gone.project_id and p.region = gone.region
          and p.shard = :shard
      )
      insert into namespace_usage as u (namespace_id, shard, size, image_count, updated_at)
      select namespace_id, :shard, -size, -1, updated_at from gone where published
      on conflict (namespace_id, shard) do update
      set size = u.size + excluded.size, image_count = u.image_count + excluded.image_count
      """;

  private final Session session;

  ImageUsage(Session session) {
    this.session = session;
  }

  /** Publishes the image, and adds to its size and to that of its namespace. */
  void touch(ImageId id, long sizeChange, Instant now) {
    var _ =
        on(TOUCH, id).setParameter("change", sizeChange).setParameter("now", now).executeUpdate();
  }

  /** Moves the namespace's update time to that of the image. */
  void noteChange(ImageId id) {
    var _ = on(NOTE_CHANGE, id).executeUpdate();
  }

  /** Removes the image, and takes it off its namespace. */
  void remove(ImageId id) {
    var _ = on(REMOVE, id).executeUpdate();
  }

  private MutationQuery on(String sql, ImageId id) {
    short shard = (short) (id.value().getLeastSignificantBits() & (SHARDS - 1));
    return session
        .createNativeMutationQuery(sql)
        .setParameter("id", id.value())
        .setParameter("shard", shard);
  }
}
