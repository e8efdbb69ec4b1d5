package io.gantry.persistence.paging;

import io.gantry.domain.paging.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The SQL of a list, which refers to {@link Asked}.
 *
 * @param table whose rows are listed; it has an {@code id} and, if its order asks for it, a {@code
 *     status}
 * @param branches conditions, of which a row of the list meets one; for each an index has the rows
 *     in the order of the keys
 * @param rows a condition that all rows of the list meet, and no others
 * @param keptTotal how many rows these are, where that is kept: counting a hundred thousand takes
 *     longer than all the rest
 * @param marks its landmarks, if the branches are those of projects
 */
public record ListSql(
    String table,
    List<String> branches,
    String rows,
    ListOrder order,
    Optional<String> keptTotal,
    Optional<Marks> marks) {
  private static final String TOTAL = "(select total from counted)";

  public ListSql {
    branches = List.copyOf(branches);
  }

  /** A list that is counted, and passed over from one of its ends. */
  public static ListSql within(String table, String rows, ListOrder order) {
    return new ListSql(table, List.of(rows), rows, order, Optional.empty(), Optional.empty());
  }

  /** The rows of some projects that meet a condition, which are counted. */
  public static ListSql ofProjects(String table, String condition, int projects, ListOrder order) {
    return new ListSql(
        table,
        IntStream.rangeClosed(1, projects)
            .mapToObj(number -> condition + " and project_id = " + Asked.project(number))
            .toList(),
        condition + " and project_id = " + Asked.ANY_PROJECT,
        order,
        Optional.empty(),
        Optional.empty());
  }

  /** The images of some projects that meet a condition and have the name that is asked for. */
  public static ListSql ofImageName(String condition, int projects, ListOrder order) {
    String named = condition + " and name = " + Asked.NAME;
    Marks marks = Marks.ofImageName(named, order);
    return ofProjects("image", named, projects, order)
        .counted(Landmarks.ofAll(marks).total())
        .with(marks);
  }

  /** The same list where a query says how many rows there are. */
  public ListSql counted(String total) {
    return new ListSql(table, branches, rows, order, Optional.of(total), marks);
  }

  /** The same list where the condition leaves nothing out that landmarks count. */
  public ListSql withLandmarks() {
    return with(Marks.ofProjects(LongList.of(table, order.keys())));
  }

  private ListSql with(Marks marks) {
    return new ListSql(table, branches, rows, order, keptTotal, Optional.of(marks));
  }

  /**
   * Tables for a {@code with}: what it has marks in, and {@code counted}, a row of {@code total}
   * and, where the order needs it, {@code deleting}.
   */
  String counts() {
    return "%scounted as materialized (select (%s) as total, (%s) as deleting)"
        .formatted(
            marks.map(found -> found.tables() + ", ").orElse(""),
            keptTotal.orElseGet(() -> count(rows)),
            order.byStatus() ? deleting() : "cast(0 as bigint)");
  }

  /** The ids of the page; what the counts are is in {@code counted}. */
  String ids(PageRequest page, long near) {
    return order.byStatus()
        ? StatusStretches.of(status -> branches(" and " + status), order, marks).ids(page, near)
        : new Stretch(
                branches(""),
                order.keys(),
                order.descending(),
                "0",
                TOTAL,
                marks.map(Landmarks::ofAll))
            .ids(page, near);
  }

  private String deleting() {
    return marks
        .map(found -> Landmarks.ofDeleting(found).total())
        .orElseGet(() -> count(rows + " and status = 'DELETING'"));
  }

  private String count(String condition) {
    return "select count(*) from " + table + " where " + condition;
  }

  private List<String> branches(String and) {
    List<String> columns = new ArrayList<>(order.keys());
    if (!columns.contains("id")) columns.add("id");
    String select = "select " + String.join(", ", columns) + " from " + table + " where ";
    return branches.stream().map(branch -> select + branch + and).toList();
  }
}
