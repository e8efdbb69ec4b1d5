package io.gantry.persistence.image;

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
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

  private static final String ONE =
      "select "
          + WITH_TAGS
          + " from image i "
          + TAGS
          + " where i.region = :region and i.id = :id and i.published";

  /** Counts that are kept, since counting a hundred thousand rows takes as long as all the rest. */
  private static final String COUNT_OF_PROJECT =
      """
      select cast(coalesce(sum(p.image_count), 0) as bigint) from project_usage p
      where p.region = :region and p.project_id = any(:projects)
      """;

  private static final String COUNT_OF_NAMESPACE =
      """
      select cast(coalesce(sum(u.image_count), 0) as bigint)
      from namespace n join namespace_usage u on u.namespace_id = n.id
      where n.id = :namespace and n.region = :region and n.project_id = any(:projects)
      """;

  private final Session session;

  ImageQueries(Session session) {
    this.session = session;
  }

  Optional<Image> find(Region region, ImageId id) {
    return session
        .createNativeQuery(ONE, Tuple.class)
        .setParameter("region", region.value())
        .setParameter("id", id.value())
        .uniqueResultOptional()
        .map(ImageQueries::toDomain);
  }

  Page<Image> list(ImageFilter filter, ImageOrder order, PageRequest page) {
    if (filter.projects().isEmpty()) return Page.empty();
    List<Tuple> rows =
        bind(filter, session.createNativeQuery(pageOf(filter, orderBy(order)), Tuple.class))
            .setParameter("size", page.size())
            .setParameter("offset", page.offset())
            .getResultList();
    if (!rows.isEmpty()) {
      long total = rows.getFirst().get("total", Long.class);
      return new Page<>(rows.stream().map(ImageQueries::toDomain).toList(), total);
    }
    if (page.number() == 1) return Page.empty();
    return new Page<>(
        List.of(),
        bind(filter, session.createNativeQuery(count(filter), Long.class)).getSingleResult());
  }

  /** The page is found in an index alone; only its rows are then read, with their tags. */
  private static String pageOf(ImageFilter filter, String orderBy) {
    return """
        with page as (
          select i.id from image i where %2$s order by %3$s limit :size offset :offset
        )
        select %1$s, (%5$s) as total
        from page join image i on i.id = page.id %4$s
        order by %3$s
        """
        .formatted(WITH_TAGS, where(filter), orderBy, TAGS, count(filter));
  }

  private static String count(ImageFilter filter) {
    if (filter.name().isPresent()) return "select count(*) from image i where " + where(filter);
    return filter.namespace().isPresent() ? COUNT_OF_NAMESPACE : COUNT_OF_PROJECT;
  }

  /** Equalities on what an index begins with, so that it also gives the order. */
  private static String where(ImageFilter filter) {
    String within;
    if (filter.namespace().isPresent()) {
      within =
          """
          i.published and i.namespace_id = (
            select n.id from namespace n
            where n.id = :namespace and n.region = :region and n.project_id = any(:projects))
          """;
    } else if (filter.projects().size() == 1) {
      within = "i.published and i.region = :region and i.project_id = (:projects)[1]";
    } else {
      within = "i.published and i.region = :region and i.project_id = any(:projects)";
    }
    return filter.name().isPresent() ? within + " and i.name = :name" : within;
  }

  private static <T> NativeQuery<T> bind(ImageFilter filter, NativeQuery<T> query) {
    UUID[] projects = filter.projects().stream().map(ProjectId::value).toArray(UUID[]::new);
    query.setParameter("region", filter.region().value());
    query.setParameter("projects", projects);
    filter.namespace().ifPresent(id -> query.setParameter("namespace", id.value()));
    filter.name().ifPresent(name -> query.setParameter("name", name.value()));
    return query;
  }

  private static String orderBy(ImageOrder order) {
    return switch (order) {
      case CREATED_AT_ASC, REGION -> "i.created_at, i.id";
      case CREATED_AT_DESC -> "i.created_at desc, i.id desc";
      case NAME_ASC -> "i.name, i.id";
      case NAME_DESC -> "i.name desc, i.id desc";
      case STATUS_ASC -> "i.status, i.created_at, i.id";
      case STATUS_DESC -> "i.status desc, i.created_at desc, i.id desc";
    };
  }

  private static Image toDomain(Tuple row) {
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
