package io.gantry.persistence.manifest;

import io.gantry.domain.blob.Digest;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.manifest.ManifestBytes;
import io.gantry.domain.manifest.ManifestRepository;
import io.gantry.domain.manifest.MediaType;
import io.gantry.domain.manifest.Sparse;
import io.gantry.domain.manifest.StoredManifest;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;

/**
 * Manifests in PostgreSQL; adding one takes two statements.
 *
 * <p>Reads join the caller's transaction; outside one, each is a short transaction of its own, so
 * that it needs no request and keeps no connection.
 */
@Singleton
final class SqlManifestRepository implements ManifestRepository {

  private static final String FIND =
      "select digest, media_type, body from manifest where image_id = :image and digest = :digest";

  /**
   * What the references are: linked blobs ('B'), manifests ('M'); and whether the manifest itself
   * is there ('S'). Locks the links, in order, so that those found are still there when the foreign
   * key asks, and those being removed at the same time are missing by name.
   */
  private static final String LOOK_UP =
      """
      with self as (
        select digest from manifest where image_id = :image and digest = :digest
      ), linked as (
        select l.digest, b.size from blob_link l join blob b on b.digest = l.digest
        where l.image_id = :image and l.digest = any(:blobs) and not exists (select from self)
        order by l.digest for key share of l
      )
      select 'S' as kind, digest, cast(0 as bigint) as size from self
      union all
      select 'B', digest, size from linked
      union all
      select 'M', digest, cast(0 as bigint) from manifest
      where image_id = :image and digest = any(:manifests)
      """;

  private static final String ADD =
      """
      with added as (
        insert into manifest (
          image_id, digest, media_type, artifact_type, subject, body, created_at)
        values (
          :image, :digest, :mediaType, nullif(:artifactType, ''), nullif(:subject, ''), :body, :now)
        on conflict do nothing
        returning digest
      ), blobs as (
        insert into manifest_blob (image_id, manifest, digest, role, held)
        select :image, added.digest, b.digest, cast(b.role as "char"), nullif(b.held, '')
        from added, (
          select 'C' as role, c.* from unnest(:configurations, :heldConfigurations) as c (digest, held)
          union all
          select 'L', l.* from unnest(:layers, :heldLayers) as l (digest, held)) b
        order by b.digest
      ), children as (
        insert into manifest_child (image_id, parent, child, held)
        select :image, added.digest, c.child, nullif(c.held, '')
        from added, unnest(:children, :heldChildren) as c (child, held)
      ), waiting as (
        update manifest_child c set held = c.child from added
        where c.image_id = :image and c.child = added.digest and c.held is null
      )
      select count(*) from added
      """;

  /** The foreign keys are checked when the whole statement is done. */
  private static final String REMOVE =
      """
      with waiting as (
        update manifest_child set held = null where image_id = :image and held = :digest
      ), children as (
        delete from manifest_child where image_id = :image and parent = :digest
      ), blobs as (
        delete from manifest_blob where image_id = :image and manifest = :digest
      )
      delete from manifest where image_id = :image and digest = :digest
      """;

  private final Session session;

  SqlManifestRepository(Session session) {
    this.session = session;
  }

  @Override
  public Optional<StoredManifest> find(ImageId image, Digest digest) {
    return stored(query(FIND, Tuple.class, image).setParameter("digest", digest.toString()));
  }

  @Override
  public boolean add(ImageId image, Manifest manifest, Sparse accepted, Instant now) {
    Map<String, Long> blobs = new HashMap<>();
    Set<String> manifests = new HashSet<>();
    for (Tuple row : lookUp(image, manifest)) {
      String digest = row.get("digest", String.class);
      switch (row.get("kind", String.class)) {
        case "S" -> {
          return false;
        }
        case "B" -> blobs.put(digest, row.get("size", Long.class));
        case "M" -> manifests.add(digest);
        default -> throw new IllegalStateException("unknown kind of row");
      }
    }
    return insert(image, manifest, References.of(manifest, blobs, manifests, accepted), now);
  }

  @Override
  public boolean remove(ImageId image, Digest digest) {
    return session
            .createNativeMutationQuery(REMOVE)
            .setParameter("image", image.value())
            .setParameter("digest", digest.toString())
            .executeUpdate()
        > 0;
  }

  private List<Tuple> lookUp(ImageId image, Manifest manifest) {
    return query(LOOK_UP, Tuple.class, image)
        .setParameter("digest", manifest.digest().toString())
        .setParameter("blobs", References.possibleBlobs(manifest))
        .setParameter("manifests", References.possibleManifests(manifest))
        .getResultList();
  }

  private boolean insert(ImageId image, Manifest manifest, References references, Instant now) {
    return query(ADD, Long.class, image)
            .setParameter("digest", manifest.digest().toString())
            .setParameter("mediaType", manifest.mediaType().value())
            .setParameter("artifactType", manifest.artifactType().orElse(""))
            .setParameter("subject", manifest.subject().map(Digest::toString).orElse(""))
            .setParameter("body", manifest.bytes().toArray())
            .setParameter("now", now)
            .setParameter("configurations", digests(references.configurations()))
            .setParameter("heldConfigurations", held(references.configurations()))
            .setParameter("layers", digests(references.layers()))
            .setParameter("heldLayers", held(references.layers()))
            .setParameter("children", digests(references.children()))
            .setParameter("heldChildren", held(references.children()))
            .getSingleResult()
        > 0;
  }

  private static String[] digests(SortedMap<String, Boolean> references) {
    return references.keySet().toArray(String[]::new);
  }

  /** For each of the digests itself if it is there, else nothing. */
  private static String[] held(SortedMap<String, Boolean> references) {
    return references.entrySet().stream()
        .map(reference -> reference.getValue() ? reference.getKey() : "")
        .toArray(String[]::new);
  }

  private <T> NativeQuery<T> query(String sql, Class<T> type, ImageId image) {
    return session.createNativeQuery(sql, type).setParameter("image", image.value());
  }

  private static Optional<StoredManifest> stored(NativeQuery<Tuple> query) {
    return query
        .uniqueResultOptional()
        .map(
            row ->
                new StoredManifest(
                    Digest.parse(row.get("digest", String.class)),
                    new MediaType(row.get("media_type", String.class)),
                    new ManifestBytes(row.get("body", byte[].class))));
  }
}
