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
import io.gantry.persistence.Statements;
import io.gantry.persistence.paging.Asked;
import io.gantry.persistence.paging.ListOrder;
import io.gantry.persistence.paging.ListSql;
import io.gantry.persistence.paging.PageReader;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads published images together with their newest tags. */
@Singleton
final class ImageQueries {

  private static final ListOrder BY_CREATION = ListOrder.by("created_at", "id");
  private static final ListOrder BY_NAME = ListOrder.by("name", "created_at", "id");
  private static final ListOrder BY_STATUS = ListOrder.byStatusAnd("created_at", "id");

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

  private static final String PUBLISHED_IN_REGION = "published and region = " + Asked.REGION;

  private static final String IN_NAMESPACE =
      """
      published and namespace_id = (
        select n.id from namespace n
        where n.id = %s and n.region = %s and n.project_id = %s)
      """
          .formatted(Asked.PARENT, Asked.REGION, Asked.ANY_PROJECT);

  private static final String NAMED = " and name = " + Asked.NAME;

  private static final String TOTAL_OF_NAMESPACE =
      """
      select cast(coalesce(sum(u.image_count), 0) as bigint)
      from namespace n join namespace_usage u on u.namespace_id = n.id
      where n.id = %s and n.region = %s and n.project_id = %s
      """
          .formatted(Asked.PARENT, Asked.REGION, Asked.ANY_PROJECT);

  private static final String TOTAL_OF_PROJECTS =
      """
      select cast(coalesce(sum(p.image_count), 0) as bigint) from project_usage p
      where p.region = %s and p.project_id = %s
      """
          .formatted(Asked.REGION, Asked.ANY_PROJECT);

  private final Statements statements;
  private final PageReader pages;

  @Inject
  ImageQueries(Statements statements) {
    this(statements, PageReader.NEAR);
  }

  /** Pages that are not {@code near} to the beginning of their list are looked for. */
  ImageQueries(Statements statements, long near) {
    this.statements = statements;
    this.pages = new PageReader(statements, WITH_TAGS, "i", TAGS, near);
  }

  Map<ImageId, Image> findAll(Region region, Collection<ImageId> ids) {
    return ById.read(statements, BY_ID, region, ids, ImageId::value, ImageQueries::toDomain)
        .stream()
        .collect(toMap(Image::id, identity()));
  }

  /** Tags are read for the rows of the page only. */
  Page<Image> list(ImageFilter filter, ImageOrder order, PageRequest page) {
    if (filter.projects().isEmpty()) return Page.empty();
    return pages.read(sql(filter, order(order)), asked(filter), page, ImageQueries::toDomain);
  }

  private static ListSql sql(ImageFilter filter, ListOrder order) {
    return filter.namespace().isPresent() ? ofNamespace(filter, order) : ofProjects(filter, order);
  }

  private static ListSql ofNamespace(ImageFilter filter, ListOrder order) {
    return filter.name().isPresent()
        ? ListSql.within("image", IN_NAMESPACE + NAMED, order.without("name"))
        : ListSql.within("image", IN_NAMESPACE, order).counted(TOTAL_OF_NAMESPACE);
  }

  private static ListSql ofProjects(ImageFilter filter, ListOrder order) {
    int projects = filter.projects().size();
    return filter.name().isPresent()
        ? ListSql.ofImageName(PUBLISHED_IN_REGION, projects, order.without("name"))
        : ListSql.ofProjects("image", PUBLISHED_IN_REGION, projects, order)
            .counted(TOTAL_OF_PROJECTS)
            .withLandmarks();
  }

  private static ListOrder order(ImageOrder order) {
    return switch (order) {
      case CREATED_AT_ASC, REGION -> BY_CREATION;
      case CREATED_AT_DESC -> BY_CREATION.reversed();
      case NAME_ASC -> BY_NAME;
      case NAME_DESC -> BY_NAME.reversed();
      case STATUS_ASC -> BY_STATUS;
      case STATUS_DESC -> BY_STATUS.reversed();
    };
  }

  private static Asked asked(ImageFilter filter) {
    return Asked.of(
        filter.region(),
        filter.projects(),
        filter.namespace().map(NamespaceId::value),
        filter.name().map(ImageName::value));
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
