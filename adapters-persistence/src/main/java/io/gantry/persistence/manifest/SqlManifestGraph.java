package io.gantry.persistence.manifest;

import static java.util.stream.Collectors.toSet;

import io.gantry.domain.blob.Digest;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.manifest.ManifestGraph;
import jakarta.inject.Singleton;
import java.util.Set;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;

/** The graph of an image's manifests in PostgreSQL; every call is one statement. */
@Singleton
final class SqlManifestGraph implements ManifestGraph {

  private static final String REACHABLE =
      """
      select digest from manifest
      where image_id = :image and digest = any(:digests) and reachable
      """;

  private static final String SUCCESSORS =
      """
      select m.digest
      from manifest_child c join manifest m on m.image_id = c.image_id and m.digest = c.held
      where c.image_id = :image and c.parent = any(:digests) and m.reachable = :marked
      union
      select m.digest from manifest m
      where m.image_id = :image and m.subject = any(:digests) and m.reachable = :marked
      """;

  private static final String HELD_FROM_OUTSIDE =
      """
      select m.digest from manifest m
      where m.image_id = :image and m.digest = any(:digests) and (
        exists (select from tag t where t.image_id = :image and t.digest = m.digest)
        or exists (
          select from manifest_child c
          join manifest p on p.image_id = c.image_id and p.digest = c.parent
          where c.image_id = :image and c.held = m.digest
            and p.reachable and p.digest <> all(:digests))
        or exists (
          select from manifest s
          where s.image_id = :image and s.digest = m.subject
            and s.reachable and s.digest <> all(:digests)))
      """;

  /**
   * A layer is new when its count is no more than what was just added. One that is waited for is
   * counted by whoever links it.
   */
  private static final String MARK_REACHABLE =
      """
      with marked as (
        update manifest set reachable = true
        where image_id = :image and digest = any(:digests) and not reachable
        returning digest
      ), listed as (
        select b.digest, count(*) as manifests
        from marked m join manifest_blob b on b.image_id = :image and b.manifest = m.digest
        where b.role = 'L' and b.held is not null
        group by b.digest
      ), counted as (
        insert into image_layer as l (image_id, digest, manifests)
        select :image, digest, manifests from listed order by digest
        on conflict (image_id, digest) do update set manifests = l.manifests + excluded.manifests
        returning l.digest, l.manifests
      )
      select cast(coalesce(sum(b.size), 0) as bigint)
      from counted c
      join listed on listed.digest = c.digest and listed.manifests = c.manifests
      join blob b on b.digest = c.digest
      """;

  private static final String MARK_UNREACHABLE =
      """
      with marked as (
        update manifest set reachable = false
        where image_id = :image and digest = any(:digests) and reachable
        returning digest
      ), listed as (
        select b.digest, count(*) as manifests
        from marked m join manifest_blob b on b.image_id = :image and b.manifest = m.digest
        where b.role = 'L' and b.held is not null
        group by b.digest
      ), gone as (
        delete from image_layer l using listed
        where l.image_id = :image and l.digest = listed.digest
          and l.manifests = listed.manifests
        returning l.digest
      ), left_over as (
        update image_layer l set manifests = l.manifests - listed.manifests from listed
        where l.image_id = :image and l.digest = listed.digest
          and l.manifests <> listed.manifests
      )
      select cast(coalesce(sum(b.size), 0) as bigint)
      from gone join blob b on b.digest = gone.digest
      """;

  private final Session session;

  SqlManifestGraph(Session session) {
    this.session = session;
  }

  @Override
  public Set<Digest> reachable(ImageId image, Set<Digest> manifests) {
    return digests(query(REACHABLE, String.class, image, manifests));
  }

  @Override
  public Set<Digest> successors(ImageId image, Set<Digest> manifests, Mark marked) {
    return digests(
        query(SUCCESSORS, String.class, image, manifests)
            .setParameter("marked", marked == Mark.REACHABLE));
  }

  @Override
  public Set<Digest> heldFromOutside(ImageId image, Set<Digest> group) {
    return digests(query(HELD_FROM_OUTSIDE, String.class, image, group));
  }

  @Override
  public long markReachable(ImageId image, Set<Digest> manifests) {
    return query(MARK_REACHABLE, Long.class, image, manifests).getSingleResult();
  }

  @Override
  public long markUnreachable(ImageId image, Set<Digest> manifests) {
    return query(MARK_UNREACHABLE, Long.class, image, manifests).getSingleResult();
  }

  private <T> NativeQuery<T> query(
      String sql, Class<T> type, ImageId image, Set<Digest> manifests) {
    return session
        .createNativeQuery(sql, type)
        .setParameter("image", image.value())
        .setParameter("digests", manifests.stream().map(Digest::toString).toArray(String[]::new));
  }

  private static Set<Digest> digests(NativeQuery<String> query) {
    return query.getResultList().stream().map(Digest::parse).collect(toSet());
  }
}
