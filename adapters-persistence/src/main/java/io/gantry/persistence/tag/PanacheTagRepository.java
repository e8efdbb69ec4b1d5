package io.gantry.persistence.tag;

import io.gantry.domain.blob.Digest;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import io.gantry.domain.tag.Tag;
import io.gantry.domain.tag.TagId;
import io.gantry.domain.tag.TagName;
import io.gantry.domain.tag.TagOrder;
import io.gantry.domain.tag.TagRepository;
import io.gantry.persistence.Constraints;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/**
 * Tags in PostgreSQL.
 *
 * <p>Reads join the caller's transaction; outside one, each is a short transaction of its own, so
 * that it needs no request and keeps no connection.
 */
@Singleton
final class PanacheTagRepository implements TagRepository {

  private static final String IS_USABLE =
      """
      select t.id from tag t join image i on i.id = t.image_id
      where t.id = :id and i.region = :region and i.status = 'READY'
      """;

  /** Under the image's lock nobody moves the tag between what is read and what is written. */
  private static final String PUT =
      """
      with before as (
        select digest from tag where image_id = :image and name = :name
      ), moved as (
        insert into tag (id, image_id, name, digest, created_at, updated_at)
        values (:id, :image, :name, :digest, :now, :now)
        on conflict on constraint tag_name_unique
        do update set digest = excluded.digest, updated_at = excluded.updated_at
      )
      select digest from before
      """;

  private final TagRows rows;
  private final TagQueries queries;
  private final Session session;

  PanacheTagRepository(TagRows rows, TagQueries queries, Session session) {
    this.rows = rows;
    this.queries = queries;
    this.session = session;
  }

  @Override
  @Transactional
  public Optional<Tag> find(Region region, TagId id) {
    return session
        .createNativeQuery(IS_USABLE, UUID.class)
        .setParameter("id", id.value())
        .setParameter("region", region.value())
        .uniqueResultOptional()
        .flatMap(found -> one(rows.find("id", found)));
  }

  @Override
  @Transactional
  public Optional<Tag> findByName(ImageId image, TagName name) {
    return one(rows.find("image = ?1 and name = ?2", image.value(), name.value()));
  }

  @Override
  public Optional<Digest> put(
      ImageId image, TagName name, Digest manifest, TagId idIfNew, Instant now) {
    try {
      return session
          .createNativeQuery(PUT, String.class)
          .setParameter("image", image.value())
          .setParameter("name", name.value())
          .setParameter("digest", manifest.toString())
          .setParameter("id", idIfNew.value())
          .setParameter("now", now)
          .uniqueResultOptional()
          .map(Digest::parse);
    } catch (PersistenceException e) {
      if (!Constraints.violates(e, "tag_manifest_fk")) throw e;
      throw RegistryException.notFound(ResourceType.MANIFEST, manifest);
    }
  }

  @Override
  public void remove(ImageId image, TagName name) {
    rows.delete("image = ?1 and name = ?2", image.value(), name.value());
  }

  @Override
  public void removeAllTo(ImageId image, Digest manifest) {
    rows.delete("image = ?1 and digest = ?2", image.value(), manifest.toString());
  }

  @Override
  @Transactional
  public long countTo(ImageId image, Digest manifest) {
    return rows.count("image = ?1 and digest = ?2", image.value(), manifest.toString());
  }

  @Override
  @Transactional
  public Page<Tag> list(ImageId image, Optional<TagName> name, TagOrder order, PageRequest page) {
    return queries.list(image, name, order, page);
  }

  private static Optional<Tag> one(PanacheQuery<TagEntity> query) {
    return query.project(TagColumns.class).singleResultOptional().map(TagColumns::toDomain);
  }
}
