package io.gantry.persistence.link;

import io.gantry.domain.access.ProjectId;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryError.PreconditionFailed.Rule;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.link.BlobLinks;
import io.gantry.domain.namespace.Region;
import io.gantry.persistence.Constraints;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;

/** Blobs and links in PostgreSQL; every call is one statement, {@code add} rarely two. */
@Singleton
final class SqlBlobLinks implements BlobLinks {

  private static final String FIND =
      """
      select b.digest, b.size, b.storage_key
      from blob_link l join blob b on b.digest = l.digest
      where l.image_id = :image and l.digest = :digest
      """;

  /**
   * Reads only, unless half of the lease is over. Then the link is renewed whatever its lease has
   * become meanwhile, so that two renewals at once both succeed; and no row comes back if
   * collection was faster and the link is gone.
   */
  private static final String FIND_AND_LEASE =
      """
      with seen as (
        select b.digest, b.size, b.storage_key,
               l.leased_until < now() + :half_lease * interval '1 millisecond' as stale
        from blob_link l join blob b on b.digest = l.digest
        where l.image_id = :image and l.digest = :digest
      ), renewed as (
        update blob_link l
        set leased_until = greatest(l.leased_until, now() + :lease * interval '1 millisecond')
        from seen
        where seen.stale and l.image_id = :image and l.digest = :digest
        returning l.digest
      )
      select digest, size, storage_key from seen
      where not stale or exists (select from renewed)
      """;

  /**
   * Inserts the blob or locks the one that is there, against collection, until the link holds it.
   * No row comes back if the one in the way was not visible yet, or is gone now: try again.
   */
  private static final String ADD =
      """
      with added as (
        insert into blob (digest, size, storage_key) values (:digest, :size, :key)
        on conflict (digest) do nothing
        returning digest, size, storage_key
      ), present as (
        select digest, size, storage_key from blob
        where digest = :digest and not exists (select from added)
        for key share
      ), kept as (
        select * from added union all select * from present
      ), buried as (
        insert into tombstone (storage_key) select :key from present where storage_key <> :key
      ), linked as (
        insert into blob_link as l (image_id, project_id, digest, leased_until)
        select :image, (select project_id from image where id = :image), digest,
               now() + :lease * interval '1 millisecond'
        from kept
        on conflict (image_id, digest) do update
        set leased_until = greatest(l.leased_until, excluded.leased_until)
      )
      select digest, size, storage_key from kept
      """;

  /** Locks the source's link, so that the blob cannot be collected before the new link holds it. */
  private static final String MOUNT =
      """
      with source as (
        select digest from blob_link where image_id = :source and digest = :digest for key share
      )
      insert into blob_link as l (image_id, project_id, digest, leased_until)
      select :target, (select project_id from image where id = :target), digest,
             now() + :lease * interval '1 millisecond'
      from source
      on conflict (image_id, digest) do update
      set leased_until = greatest(l.leased_until, excluded.leased_until)
      """;

  /**
   * Looks, by index, only at links of the projects, so that the blob being elsewhere shows neither
   * in the answer nor in its time. Which of them is linked from does not matter: one that
   * collection is removing just now is passed over.
   */
  private static final String MOUNT_FROM_ANY =
      """
      with source as (
        select l.digest
        from blob_link l
        join image i on i.id = l.image_id
        join namespace n on n.id = i.namespace_id
        where l.digest = :digest and l.project_id = any(:projects)
          and i.region = :region and i.status = 'READY' and n.status = 'READY'
        limit 1
        for key share of l skip locked
      )
      insert into blob_link as l (image_id, project_id, digest, leased_until)
      select :target, (select project_id from image where id = :target), digest,
             now() + :lease * interval '1 millisecond'
      from source
      on conflict (image_id, digest) do update
      set leased_until = greatest(l.leased_until, excluded.leased_until)
      """;

  private static final String REMOVE =
      "delete from blob_link where image_id = :image and digest = :digest";

  private final Session session;

  SqlBlobLinks(Session session) {
    this.session = session;
  }

  @Override
  public Optional<Blob> find(ImageId image, Digest digest) {
    return blobs(FIND, image, digest).uniqueResultOptional().map(SqlBlobLinks::toBlob);
  }

  @Override
  public Optional<Blob> findAndLease(ImageId image, Digest digest, Duration lease) {
    return blobs(FIND_AND_LEASE, image, digest)
        .setParameter("lease", lease.toMillis())
        .setParameter("half_lease", lease.dividedBy(2).toMillis())
        .uniqueResultOptional()
        .map(SqlBlobLinks::toBlob);
  }

  @Override
  public Blob add(ImageId image, Blob blob, Duration lease) {
    while (true) {
      Optional<Tuple> kept =
          knownImage(
              image,
              () ->
                  blobs(ADD, image, blob.digest())
                      .setParameter("size", blob.size().bytes())
                      .setParameter("key", blob.key().value())
                      .setParameter("lease", lease.toMillis())
                      .uniqueResultOptional());
      if (kept.isPresent()) return toBlob(kept.get());
    }
  }

  @Override
  public boolean mount(ImageId target, ImageId source, Digest digest, Duration lease) {
    return knownImage(
            target,
            () ->
                session
                    .createNativeMutationQuery(MOUNT)
                    .setParameter("target", target.value())
                    .setParameter("source", source.value())
                    .setParameter("digest", digest.toString())
                    .setParameter("lease", lease.toMillis())
                    .executeUpdate())
        > 0;
  }

  @Override
  public boolean mountFromAny(
      ImageId target, Digest digest, Region region, Set<ProjectId> projects, Duration lease) {
    return knownImage(
            target,
            () ->
                session
                    .createNativeMutationQuery(MOUNT_FROM_ANY)
                    .setParameter("target", target.value())
                    .setParameter("digest", digest.toString())
                    .setParameter("region", region.value())
                    .setParameter(
                        "projects", projects.stream().map(ProjectId::value).toArray(UUID[]::new))
                    .setParameter("lease", lease.toMillis())
                    .executeUpdate())
        > 0;
  }

  @Override
  public boolean remove(ImageId image, Digest digest) {
    try {
      return session
              .createNativeMutationQuery(REMOVE)
              .setParameter("image", image.value())
              .setParameter("digest", digest.toString())
              .executeUpdate()
          > 0;
    } catch (PersistenceException e) {
      if (!Constraints.violates(e, "manifest_blob_link_fk")) throw e;
      throw new RegistryException(
          new RegistryError.PreconditionFailed(
              ResourceType.BLOB,
              Rule.RESOURCE_STILL_IN_USE,
              "a manifest of this repository still refers to it; delete that first"));
    }
  }

  private NativeQuery<Tuple> blobs(String sql, ImageId image, Digest digest) {
    return session
        .createNativeQuery(sql, Tuple.class)
        .setParameter("image", image.value())
        .setParameter("digest", digest.toString());
  }

  private static <T> T knownImage(ImageId image, Supplier<T> statement) {
    try {
      return statement.get();
    } catch (PersistenceException e) {
      if (!Constraints.violates(e, "blob_link_image_fk")) throw e;
      throw RegistryException.notFound(ResourceType.REPOSITORY, image);
    }
  }

  private static Blob toBlob(Tuple row) {
    return new Blob(
        Digest.parse(row.get("digest", String.class)),
        new ByteSize(row.get("size", Long.class)),
        new StorageKey(row.get("storage_key", UUID.class)));
  }
}
