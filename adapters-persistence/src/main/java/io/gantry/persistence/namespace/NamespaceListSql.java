package io.gantry.persistence.namespace;

import io.gantry.domain.namespace.NamespaceFilter;
import io.gantry.domain.namespace.NamespaceOrder;
import io.gantry.domain.paging.PageRequest;
import io.gantry.persistence.paging.Landmarks;
import io.gantry.persistence.paging.LongList;
import io.gantry.persistence.paging.StatusStretches;
import io.gantry.persistence.paging.Stretch;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The SQL of one list of namespaces; a branch for each project, as indexes begin with it. */
record NamespaceListSql(NamespaceFilter filter, NamespaceOrder order) {
  private static final String TOTAL = "(select total from counted)";

  /** Counting a hundred thousand rows takes longer than all the rest. */
  private static final String KEPT_COUNT =
      """
      select cast(coalesce(sum(p.namespace_count), 0) as bigint) from project_usage p
      where p.region = :region and p.project_id = any(:projects)
      """;

  /** A row of {@code total} and, where the order needs it, {@code deleting}. */
  String counts() {
    String total =
        filter.name().isPresent()
            ? "select count(*) from namespace n where " + where("n.project_id = any(:projects)")
            : KEPT_COUNT;
    return "select (" + total + ") as total, (" + deleting() + ") as deleting";
  }

  /** The ids of the page; what the counts are is in {@code counted}. */
  String ids(PageRequest page, long near) {
    return switch (order) {
      case STATUS_ASC, STATUS_DESC ->
          StatusStretches.of(status -> branches(" and n." + status), descending(), longList())
              .ids(page, near);
      default ->
          Stretch.all(
                  branches(""),
                  List.of(key(), "id"),
                  descending(),
                  TOTAL,
                  longList().map(Landmarks::ofAll))
              .ids(page, near);
    };
  }

  /** How the rows of the page are sorted. */
  String orderBy() {
    return switch (order) {
      case CREATED_AT_ASC, REGION -> "n.created_at, n.id";
      case CREATED_AT_DESC -> "n.created_at desc, n.id desc";
      case NAME_ASC -> "n.name, n.id";
      case NAME_DESC -> "n.name desc, n.id desc";
      case DESCRIPTION_ASC -> "n.description_start, n.id";
      case DESCRIPTION_DESC -> "n.description_start desc, n.id desc";
      case STATUS_ASC -> "n.status collate \"C\", n.created_at, n.id";
      case STATUS_DESC -> "n.status collate \"C\" desc, n.created_at desc, n.id desc";
    };
  }

  private String deleting() {
    return switch (order) {
      case STATUS_ASC, STATUS_DESC ->
          longList()
              .map(list -> Landmarks.ofDeleting(list).total())
              .orElse(
                  "select count(*) from namespace n where "
                      + where("n.project_id = any(:projects)")
                      + " and n.status = 'DELETING'");
      default -> "select cast(0 as bigint)";
    };
  }

  /** Few have the same name. */
  private Optional<LongList> longList() {
    if (filter.name().isPresent()) return Optional.empty();
    return Optional.of(
        switch (key()) {
          case "name" -> LongList.NAMESPACES_BY_NAME;
          case "description_start" -> LongList.NAMESPACES_BY_DESCRIPTION;
          default -> LongList.NAMESPACES;
        });
  }

  private String key() {
    return switch (order) {
      case CREATED_AT_ASC, CREATED_AT_DESC, STATUS_ASC, STATUS_DESC, REGION -> "created_at";
      case NAME_ASC, NAME_DESC -> "name";
      case DESCRIPTION_ASC, DESCRIPTION_DESC -> "description_start";
    };
  }

  private List<String> branches(String and) {
    return IntStream.rangeClosed(1, filter.projects().size())
        .mapToObj(
            i ->
                "select n.id, n."
                    + key()
                    + " from namespace n where "
                    + where("n.project_id = (:projects)[" + i + "]")
                    + and)
        .toList();
  }

  private String where(String project) {
    return "n.region = :region and "
        + project
        + (filter.name().isPresent() ? " and n.name = :name" : "");
  }

  private boolean descending() {
    return switch (order) {
      case CREATED_AT_ASC, NAME_ASC, DESCRIPTION_ASC, STATUS_ASC, REGION -> false;
      case CREATED_AT_DESC, NAME_DESC, DESCRIPTION_DESC, STATUS_DESC -> true;
    };
  }
}
