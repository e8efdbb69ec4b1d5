package io.gantry.persistence.tag;

import io.gantry.domain.image.ImageId;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import io.gantry.domain.tag.Tag;
import io.gantry.domain.tag.TagName;
import io.gantry.domain.tag.TagOrder;
import io.gantry.persistence.paging.Stretch;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** Lists the tags of an image. */
@Singleton
final class TagQueries {
  private static final String COUNT =
      "select count(*) as total from tag t where t.image_id = :image";

  private static final String BY_NAME =
      """
      select t.id, t.name, t.digest, t.created_at, t.updated_at, cast(1 as bigint) as total
      from tag t where t.image_id = :image and t.name = :name
      """;

  private final Session session;

  TagQueries(Session session) {
    this.session = session;
  }

  Page<Tag> list(ImageId image, Optional<TagName> name, TagOrder order, PageRequest page) {
    return name.map(only -> byName(image, only, page)).orElseGet(() -> list(image, order, page));
  }

  private Page<Tag> byName(ImageId image, TagName name, PageRequest page) {
    List<Tuple> rows =
        session
            .createNativeQuery(BY_NAME, Tuple.class)
            .setParameter("image", image.value())
            .setParameter("name", name.value())
            .getResultList();
    return page.number() == 1 ? toPage(image, rows) : new Page<>(List.of(), rows.size());
  }

  private Page<Tag> list(ImageId image, TagOrder order, PageRequest page) {
    String key =
        switch (order) {
          case CREATED_AT_ASC, CREATED_AT_DESC, STATUS_ASC, STATUS_DESC, REGION -> "created_at";
          case NAME_ASC, NAME_DESC -> "name";
        };
    boolean descending =
        switch (order) {
          case CREATED_AT_ASC, NAME_ASC, STATUS_ASC, REGION -> false;
          case CREATED_AT_DESC, NAME_DESC, STATUS_DESC -> true;
        };
    var all =
        Stretch.all(
            List.of("select t.id, t." + key + " from tag t where t.image_id = :image"),
            key.equals("name") ? List.of("name") : List.of("created_at", "id"),
            descending,
            "(select total from counted)",
            Optional.empty());
    String direction = descending ? " desc" : "";
    String sql =
        """
        with counted as materialized (%s), page as (%s)
        select t.id, t.name, t.digest, t.created_at, t.updated_at,
               (select total from counted) as total
        from page
        cross join lateral (select one.* from tag one where one.id = page.id offset 0) t
        order by t.%s%s, t.id%s
        """
            .formatted(COUNT, all.ids(page, Stretch.NEAR), key, direction, direction);
    List<Tuple> rows =
        session
            .createNativeQuery(sql, Tuple.class)
            .setParameter("image", image.value())
            .setParameter("size", page.size())
            .setParameter("offset", page.offset())
            .getResultList();
    return rows.isEmpty() && page.number() > 1
        ? new Page<>(List.of(), count(image))
        : toPage(image, rows);
  }

  private long count(ImageId image) {
    return session
        .createNativeQuery(COUNT, Long.class)
        .setParameter("image", image.value())
        .getSingleResult();
  }

  private static Page<Tag> toPage(ImageId image, List<Tuple> rows) {
    if (rows.isEmpty()) return Page.empty();
    return new Page<>(
        rows.stream().map(row -> toColumns(image, row).toDomain()).toList(),
        rows.getFirst().get("total", Long.class));
  }

  private static TagColumns toColumns(ImageId image, Tuple row) {
    return new TagColumns(
        row.get("id", UUID.class),
        image.value(),
        row.get("name", String.class),
        row.get("digest", String.class),
        row.get("created_at", Instant.class),
        row.get("updated_at", Instant.class));
  }
}
