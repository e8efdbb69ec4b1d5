package io.gantry.persistence.image;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.gantry.domain.access.ProjectId;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.image.Image;
import io.gantry.domain.image.ImageFilter;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.ImageName;
import io.gantry.domain.image.ImageOrder;
import io.gantry.domain.image.Visibility;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.namespace.Status;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import io.gantry.persistence.ById;
import io.gantry.persistence.Row;
import io.gantry.persistence.paging.Stretch;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;

/** Reads published images together with their newest tags. */
@Singleton
final class ImageQueries {

  private static final String WITH_TAGS =
      """
      i.id, i.namespace_id, i.project_id, i.name, i.status, i.visibility, i.size, i.created_at,
      i.updated_at, t.tags
      """;

  /** Tag names have no spaces. */
  private static final String TAGS =
      """
      left join lateral (
        select string_agg(newest.name, ' ' order by newest.updated_at desc, newest.id) as tags
        from (
          select tag.id, tag.name, tag.updated_at from tag where tag.image_id = i.id
          order by tag.updated_at desc, tag.id limit %d
        ) newest
      ) t on true
      """
          .formatted(Image.MAX_TAGS);

  private static final String BY_ID =
      "select "
          + WITH_TAGS
          + " from image i "
          + TAGS
          + " where i.region = ? and i.published and i.id = "
          + ById.ANY;

  private final Session session;
  private final long near;

  @Inject
  ImageQueries(Session session) {
    this(session, Stretch.NEAR);
  }

  /** Pages that are not {@code near} to an end of their list are looked for. */
  ImageQueries(Session session, long near) {
    this.session = session;
    this.near = near;
  }

  Map<ImageId, Image> findAll(Region region, Collection<ImageId> ids) {
    return ById.read(session, BY_ID, region, ids, ImageId::value, ImageQueries::toDomain).stream()
        .collect(toMap(Image::id, identity()));
  }

  Page<Image> list(ImageFilter filter, ImageOrder order, PageRequest page) {
    if (filter.projects().isEmpty()) return Page.empty();
    var sql = new ImageListSql(filter, order);
    String ids = sql.ids(page, near);
    List<Tuple> rows =
        bind(filter, session.createNativeQuery(pageOf(sql, ids), Tuple.class))
            .setParameter("size", page.size())
            .setParameter("offset", page.offset())
            .getResultList();
    if (!rows.isEmpty()) {
      long total = rows.getFirst().get("total", Long.class);
      return new Page<>(rows.stream().map(row -> toDomain(row::get)).toList(), total);
    }
    return page.number() == 1 ? Page.empty() : new Page<>(List.of(), total(sql, filter));
  }

  private long total(ImageListSql sql, ImageFilter filter) {
    return bind(filter, session.createNativeQuery(sql.counts(), Tuple.class))
        .getSingleResult()
        .get("total", Long.class);
  }

  /**
   * The page is found in an index alone; only its rows are then read, with their tags: one by one,
   * which {@code offset 0} makes certain, as the planner cannot know how few they are.
   */
  private static String pageOf(ImageListSql sql, String ids) {
    return """
        with counted as materialized (%2$s), page as (%3$s)
        select %1$s, (select total from counted) as total
        from page
        cross join lateral (select one.* from image one where one.id = page.id offset 0) i %4$s
        order by %5$s
        """
        .formatted(WITH_TAGS, sql.counts(), ids, TAGS, sql.orderBy());
  }

  private static <T> NativeQuery<T> bind(ImageFilter filter, NativeQuery<T> query) {
    query.setParameter("region", filter.region().value());
    query.setParameter(
        "projects", filter.projects().stream().map(ProjectId::value).toArray(UUID[]::new));
    filter.namespace().ifPresent(id -> query.setParameter("namespace", id.value()));
    filter.name().ifPresent(name -> query.setParameter("name", name.value()));
    return query;
  }

  private static Image toDomain(Row row) {
    @Nullable String tags = row.get("tags", String.class);
    return new Image(
        new ImageId(row.get("id", UUID.class)),
        new NamespaceId(row.get("namespace_id", UUID.class)),
        new ProjectId(row.get("project_id", UUID.class)),
        new ImageName(row.get("name", String.class)),
        Status.valueOf(row.get("status", String.class)),
        Visibility.valueOf(row.get("visibility", String.class)),
        new ByteSize(row.get("size", Long.class)),
        row.get("created_at", Instant.class),
        row.get("updated_at", Instant.class),
        tags == null ? List.of() : List.of(tags.split(" ")));
  }
}
