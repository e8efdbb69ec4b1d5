package io.gantry.persistence.tag;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.gantry.domain.access.ProjectId;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import io.gantry.domain.tag.OwnedTag;
import io.gantry.domain.tag.Tag;
import io.gantry.domain.tag.TagId;
import io.gantry.domain.tag.TagName;
import io.gantry.domain.tag.TagOrder;
import io.gantry.domain.tag.TagRepository;
import io.gantry.persistence.ById;
import io.gantry.persistence.Constraints;
import io.gantry.persistence.Row;
import io.gantry.persistence.Statements;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/**
 * Tags in PostgreSQL.
 *
 * <p>Reads join the caller's transaction; outside one each of their statements is by itself.
 */
@Singleton
final class PanacheTagRepository implements TagRepository {

  /** Not entities, which the session would hand out again unchanged after one was moved. */
  private static final String USABLE =
      """
      select t.id, t.image_id, t.name, t.digest, t.created_at, t.updated_at, i.project_id
      from tag t join image i on i.id = t.image_id
      where i.region = ? and i.status = 'READY' and t.id =\s"""
          + ById.ANY;

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
  private final Statements statements;
  private final Session session;

  PanacheTagRepository(TagRows rows, TagQueries queries, Statements statements, Session session) {
    this.rows = rows;
    this.queries = queries;
    this.statements = statements;
    this.session = session;
  }

  @Override
  public Map<TagId, OwnedTag> findAll(Region region, Collection<TagId> ids) {
    return ById.read(statements, USABLE, region, ids, TagId::value, PanacheTagRepository::owned)
        .stream()
        .collect(toMap(owned -> owned.tag().id(), identity()));
  }

  private static OwnedTag owned(Row row) {
    return new OwnedTag(
        TagColumns.of(row).toDomain(), new ProjectId(row.get("project_id", UUID.class)));
  }

  @Override
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
  public long countTo(ImageId image, Digest manifest) {
    return rows.count("image = ?1 and digest = ?2", image.value(), manifest.toString());
  }

  @Override
  public Page<Tag> list(ImageId image, Optional<TagName> name, TagOrder order, PageRequest page) {
    return queries.list(image, name, order, page);
  }

  private static Optional<Tag> one(PanacheQuery<TagEntity> query) {
    return query.project(TagColumns.class).singleResultOptional().map(TagColumns::toDomain);
  }
}
