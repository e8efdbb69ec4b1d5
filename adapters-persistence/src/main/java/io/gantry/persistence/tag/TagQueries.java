package io.gantry.persistence.tag;

import io.gantry.domain.image.ImageId;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import io.gantry.domain.tag.Tag;
import io.gantry.domain.tag.TagName;
import io.gantry.domain.tag.TagOrder;
import io.gantry.persistence.Statements;
import io.gantry.persistence.paging.Asked;
import io.gantry.persistence.paging.ListOrder;
import io.gantry.persistence.paging.ListSql;
import io.gantry.persistence.paging.PageReader;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Lists the tags of an image. */
@Singleton
final class TagQueries {
  private static final ListOrder BY_CREATION = ListOrder.by("created_at", "id");

  /** An image has no two tags of a name. */
  private static final ListOrder BY_NAME = ListOrder.by("name");

  private static final String OF_IMAGE = "image_id = " + Asked.PARENT;
  private static final String NAMED = OF_IMAGE + " and name = " + Asked.NAME;

  private final PageReader pages;

  TagQueries(Statements statements) {
    this.pages =
        new PageReader(
            statements,
            "t.id, t.image_id, t.name, t.digest, t.created_at, t.updated_at",
            "t",
            "",
            PageReader.NEAR);
  }

  Page<Tag> list(ImageId image, Optional<TagName> name, TagOrder order, PageRequest page) {
    return pages.read(
        ListSql.within("tag", name.isPresent() ? NAMED : OF_IMAGE, order(order)),
        Asked.within(image.value(), name.map(TagName::value)),
        page,
        row -> TagColumns.of(row).toDomain());
  }

  private static ListOrder order(TagOrder order) {
    return switch (order) {
      case CREATED_AT_ASC, STATUS_ASC, REGION -> BY_CREATION;
      case CREATED_AT_DESC, STATUS_DESC -> BY_CREATION.reversed();
      case NAME_ASC -> BY_NAME;
      case NAME_DESC -> BY_NAME.reversed();
    };
  }
}
