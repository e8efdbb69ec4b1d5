package io.gantry.persistence.paging;

import io.gantry.domain.paging.PageRequest;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows of a list that follow each other, as SQL: those of all branches, merged by their keys. Each
 * branch is a select whose rows an index gives in the order of the keys, so that rows before the
 * page are passed over in the index and never sorted or read. PostgreSQL merges branches only if
 * each is sorted and limited itself; else it reads and sorts them whole.
 *
 * @param branches selects that have the columns {@code id} and {@code keys}
 * @param keys columns to sort by; together unique
 * @param descending whether the last key comes first
 * @param before how many rows of the list come before this stretch, as an SQL expression
 * @param count how many rows the stretch has, as an SQL expression
 */
public record Stretch(
    List<String> branches, List<String> keys, boolean descending, String before, String count) {
  private static final String OFFSET = "cast(:offset as bigint)";
  private static final String END = "(" + OFFSET + " + cast(:size as bigint))";

  public Stretch {
    branches = List.copyOf(branches);
    keys = List.copyOf(keys);
  }

  /** A list that is one stretch. */
  public static Stretch all(
      List<String> branches, List<String> keys, boolean descending, String count) {
    return new Stretch(branches, keys, descending, "0", count);
  }

  /** The ids of those rows of the page that are in this stretch, counted from its beginning. */
  public String fromBeginning() {
    return ids(orderBy(descending), first(), end());
  }

  /** The same ids, counted from the end of the stretch. */
  public String fromEnd() {
    String last = "least(%s, %s)".formatted(count, end());
    return ids(
        orderBy(!descending),
        "greatest(0, %s - %s)".formatted(count, last),
        "greatest(0, %s - %s)".formatted(count, first()));
  }

  /**
   * Whether less is passed over from the end.
   *
   * @param before how many rows come before the stretch
   * @param count how many rows it has
   */
  public static boolean endsNearer(PageRequest page, long before, long count) {
    return page.offset() - before > count / 2;
  }

  /** What rows of the page come after, in this stretch. */
  private String first() {
    return "greatest(0, %s - %s)".formatted(OFFSET, before);
  }

  /** Up to what the page goes, if the stretch is long enough. */
  private String end() {
    return "greatest(0, %s - %s)".formatted(END, before);
  }

  private String ids(String orderBy, String from, String to) {
    String merged =
        branches.stream()
            .map(branch -> "(%s order by %s limit %s)".formatted(branch, orderBy, to))
            .collect(Collectors.joining(" union all "));
    return "(select id from (%s) stretch order by %s limit greatest(0, %s - %s) offset %s)"
        .formatted(merged, orderBy, to, from, from);
  }

  private String orderBy(boolean reverse) {
    return keys.stream()
        .map(key -> reverse ? key + " desc" : key)
        .collect(Collectors.joining(", "));
  }
}
