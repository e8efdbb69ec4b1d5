package io.gantry.persistence.image;

import io.gantry.domain.image.ImageId;
import io.gantry.domain.upload.UploadRepository;
import jakarta.inject.Singleton;
import java.util.List;
import org.hibernate.Session;

/** Removes what an image holds in pieces, in an order that leaves no reference dangling. */
@Singleton
final class ImagePurge {

  private static final String LOCK = "select status from image where id = :id for update";

  /** Rows are named by their keys: one that changed while it was waited for is still removed. */
  private static final List<String> STEPS =
      List.of(
          """
          delete from tag where id in (select id from tag where image_id = :id limit :limit)
          """,
          """
          delete from manifest_child where image_id = :id and (parent, child) in (
            select parent, child from manifest_child where image_id = :id limit :limit)
          """,
          """
          delete from manifest_blob where image_id = :id and (manifest, digest, role) in (
            select manifest, digest, role from manifest_blob where image_id = :id limit :limit)
          """,
          """
          delete from manifest where image_id = :id and digest in (
            select digest from manifest where image_id = :id limit :limit)
          """,
          """
          delete from image_layer where image_id = :id and digest in (
            select digest from image_layer where image_id = :id limit :limit)
          """,
          """
          delete from blob_link where image_id = :id and digest in (
            select digest from blob_link where image_id = :id limit :limit)
          """);

  private static final String END_UPLOADS =
      """
      with gone as (
        delete from upload where id in (select id from upload where image_id = :id limit :limit)
        returning storage_key
      ), buried as (
        insert into tombstone (storage_key, due_at)
        select storage_key, now() + :late * interval '1 millisecond'
        from gone where storage_key is not null
      )
      select count(*) from gone
      """;

  private static final String HOLDS_ANYTHING =
      """
      select exists (select from blob_link where image_id = :id)
          or exists (select from upload where image_id = :id)
      """;

  private final ImageUsage usage;
  private final Session session;

  ImagePurge(ImageUsage usage, Session session) {
    this.usage = usage;
    this.session = session;
  }

  /** As {@code ImageRepository.purge}. The image's lock keeps out whoever would add to it. */
  boolean purge(ImageId id, int limit) {
    List<String> status =
        session
            .createNativeQuery(LOCK, String.class)
            .setParameter("id", id.value())
            .getResultList();
    if (status.isEmpty()) return true;
    if (!status.getFirst().equals("DELETING")) {
      throw new IllegalStateException("image " + id + " is not deleted");
    }
    long left = limit - endUploads(id, limit);
    for (String step : STEPS) {
      if (left == 0) return false;
      left -=
          session
              .createNativeMutationQuery(step)
              .setParameter("id", id.value())
              .setParameter("limit", left)
              .executeUpdate();
    }
    if (left == 0 || holdsAnything(id)) return false;
    usage.remove(id);
    return true;
  }

  /**
   * A step may remove fewer rows than it was to, and leave others: collection and whoever ends an
   * upload take some of those that it has chosen. Nobody adds any, so what is not there stays away.
   */
  private boolean holdsAnything(ImageId id) {
    return session
        .createNativeQuery(HOLDS_ANYTHING, Boolean.class)
        .setParameter("id", id.value())
        .getSingleResult();
  }

  private long endUploads(ImageId id, int limit) {
    return session
        .createNativeQuery(END_UPLOADS, Long.class)
        .setParameter("late", UploadRepository.LATE_WRITER.toMillis())
        .setParameter("id", id.value())
        .setParameter("limit", limit)
        .getSingleResult();
  }
}
