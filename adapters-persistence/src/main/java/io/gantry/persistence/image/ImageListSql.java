package io.gantry.persistence.image;

import io.gantry.domain.image.ImageFilter;
import io.gantry.domain.image.ImageOrder;
import io.gantry.domain.paging.PageRequest;
import io.gantry.persistence.paging.Landmarks;
import io.gantry.persistence.paging.LongList;
import io.gantry.persistence.paging.StatusStretches;
import io.gantry.persistence.paging.Stretch;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The SQL of one list of images: of a namespace, or with a branch for each project, as indexes
 * begin with one of them.
 */
record ImageListSql(ImageFilter filter, ImageOrder order) {
  private static final String TOTAL = "(select total from counted)";

  /** Counts that are kept, since counting a hundred thousand rows takes as long as all the rest. */
  private static final String COUNT_OF_PROJECTS =
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

  private static final String IN_NAMESPACE =
      """
      i.published and i.namespace_id = (
        select n.id from namespace n
        where n.id = :namespace and n.region = :region and n.project_id = any(:projects))
      """;

  /** A row of {@code total} and, where the order needs it, {@code deleting}. */
  String counts() {
    return "select (" + total() + ") as total, (" + deleting() + ") as deleting";
  }

  /** The ids of the page; what the counts are is in {@code counted}. */
  String ids(PageRequest page, long near) {
    return switch (order) {
      case STATUS_ASC, STATUS_DESC ->
          StatusStretches.of(status -> branches(" and i." + status), descending(), longList())
              .ids(page, near);
      case CREATED_AT_ASC, CREATED_AT_DESC, NAME_ASC, NAME_DESC, REGION ->
          Stretch.all(branches(""), keys(), descending(), TOTAL, longList().map(Landmarks::ofAll))
              .ids(page, near);
    };
  }

  /** How the rows of the page are sorted. */
  String orderBy() {
    return switch (order) {
      case CREATED_AT_ASC, REGION -> "i.created_at, i.id";
      case CREATED_AT_DESC -> "i.created_at desc, i.id desc";
      case NAME_ASC -> "i.name, i.created_at, i.id";
      case NAME_DESC -> "i.name desc, i.created_at desc, i.id desc";
      case STATUS_ASC -> "i.status, i.created_at, i.id";
      case STATUS_DESC -> "i.status desc, i.created_at desc, i.id desc";
    };
  }

  private String total() {
    if (filter.name().isPresent()) return "select count(*) from image i where " + allWhere();
    return filter.namespace().isPresent() ? COUNT_OF_NAMESPACE : COUNT_OF_PROJECTS;
  }

  private String deleting() {
    return switch (order) {
      case STATUS_ASC, STATUS_DESC ->
          longList()
              .map(list -> Landmarks.ofDeleting(list).total())
              .orElse(
                  "select count(*) from image i where "
                      + allWhere()
                      + " and i.status = 'DELETING'");
      case CREATED_AT_ASC, CREATED_AT_DESC, NAME_ASC, NAME_DESC, REGION ->
          "select cast(0 as bigint)";
    };
  }

  /** Only lists of whole projects have landmarks. */
  private Optional<LongList> longList() {
    if (filter.namespace().isPresent() || filter.name().isPresent()) return Optional.empty();
    return Optional.of(
        switch (order) {
          case NAME_ASC, NAME_DESC -> LongList.IMAGES_BY_NAME;
          case CREATED_AT_ASC, CREATED_AT_DESC, STATUS_ASC, STATUS_DESC, REGION -> LongList.IMAGES;
        });
  }

  /** Of one name all are in the order of creation. */
  private List<String> keys() {
    return switch (order) {
      case NAME_ASC, NAME_DESC ->
          filter.name().isPresent()
              ? List.of("created_at", "id")
              : List.of("name", "created_at", "id");
      case CREATED_AT_ASC, CREATED_AT_DESC, STATUS_ASC, STATUS_DESC, REGION ->
          List.of("created_at", "id");
    };
  }

  private List<String> branches(String and) {
    if (filter.namespace().isPresent()) return List.of(branch(where(IN_NAMESPACE) + and));
    return IntStream.rangeClosed(1, filter.projects().size())
        .mapToObj(
            i ->
                branch(
                    where(
                            "i.published and i.region = :region and i.project_id = (:projects)["
                                + i
                                + "]")
                        + and))
        .toList();
  }

  private String branch(String where) {
    return "select i." + String.join(", i.", keys()) + " from image i where " + where;
  }

  private String allWhere() {
    return where(
        filter.namespace().isPresent()
            ? IN_NAMESPACE
            : "i.published and i.region = :region and i.project_id = any(:projects)");
  }

  private String where(String within) {
    return filter.name().isPresent() ? within + " and i.name = :name" : within;
  }

  private boolean descending() {
    return switch (order) {
      case CREATED_AT_ASC, NAME_ASC, STATUS_ASC, REGION -> false;
      case CREATED_AT_DESC, NAME_DESC, STATUS_DESC -> true;
    };
  }
}
