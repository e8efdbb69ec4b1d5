package io.gantry.persistence.paging;

import io.gantry.domain.paging.PageRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows of a list that follow each other, as SQL: those of all branches, merged by their keys. Each
 * branch is a select whose rows an index gives in the order of the keys, so that rows before the
 * page are passed over in the index and never sorted or read. PostgreSQL merges branches only if
 * each is sorted and limited itself; else it reads and sorts them whole.
 *
 * @param branches selects that have the columns {@code id} and {@code keys}, and end with a
 *     condition
 * @param keys columns to sort by; together unique
 * @param descending whether the last key comes first
 * @param before how many rows of the list come before this stretch, as an SQL expression
 * @param count how many rows the stretch has, as an SQL expression
 * @param landmarks what helps to find a page in the middle, if the branches are those of projects
 */
record Stretch(
    List<String> branches,
    List<String> keys,
    boolean descending,
    String before,
    String count,
    Optional<Landmarks> landmarks) {
  private static final String END = "(" + Asked.OFFSET + " + " + Asked.SIZE + ")";

  Stretch {
    branches = List.copyOf(branches);
    keys = List.copyOf(keys);
  }

  /**
   * The ids of those rows of the page that are in this stretch. Without landmarks both ways to find
   * them are in the SQL, and it takes one: only in its snapshot is it certain which end is nearer.
   *
   * @param near how many rows may be passed over without a thought
   */
  String ids(PageRequest page, long near) {
    if (page.offset() < near) return fromBeginning("true");
    if (landmarks.isPresent()) return from(landmarks.get());
    String inSecondHalf = "%s - %s > %s / 2".formatted(Asked.OFFSET, before, count);
    return fromBeginning("not " + inSecondHalf) + " union all " + fromEnd(inSecondHalf);
  }

  private String fromBeginning(String condition) {
    return "(" + ids(condition, branches, orderBy(descending), first(), end()) + ")";
  }

  private String fromEnd(String condition) {
    return "(" + ids(condition, branches, orderBy(!descending), afterPage(), afterFirst()) + ")";
  }

  /** Upwards from the last landmark that comes before the page, if that has rows of the stretch. */
  private String from(Landmarks marks) {
    String condition = "%s > %s and %s < %2$s + %s".formatted(END, before, Asked.OFFSET, count);
    String lowest = descending ? afterPage() : first();
    String highest = descending ? afterFirst() : end();
    List<String> rest =
        IntStream.range(0, branches.size())
            .mapToObj(i -> branches.get(i) + " and " + marks.notBeforeStart(i + 1))
            .toList();
    return """
        (with %s, span as materialized (
          select greatest(0, %s - passed) as first, greatest(0, %s - passed) as last
          from (select cast(coalesce(sum(before), 0) as bigint) as passed from start) passed)
        %s)
        """
        .formatted(
            marks.start(lowest),
            lowest,
            highest,
            ids(
                condition,
                rest,
                orderBy(false),
                "(select first from span)",
                "(select last from span)"));
  }

  /** What rows of the page come after, in this stretch. */
  private String first() {
    return "greatest(0, %s - %s)".formatted(Asked.OFFSET, before);
  }

  /** Up to what the page goes, if the stretch is long enough. */
  private String end() {
    return "greatest(0, %s - %s)".formatted(END, before);
  }

  /** How many rows of the stretch come after the page. */
  private String afterPage() {
    return "greatest(0, %s - %s)".formatted(count, end());
  }

  /** How many rows of the stretch come after the first row of the page, with that one. */
  private String afterFirst() {
    return "greatest(0, %s - %s)".formatted(count, first());
  }

  /** With a limit of zero PostgreSQL does nothing at all for it. */
  private static String ids(
      String condition, List<String> branches, String orderBy, String from, String to) {
    String merged =
        branches.stream()
            .map(branch -> "(%s order by %s limit %s)".formatted(branch, orderBy, to))
            .collect(Collectors.joining(" union all "));
    return """
        select id from (%s) stretch order by %s
        limit case when %s then greatest(0, %s - %5$s) else 0 end
        offset case when %3$s then %s else 0 end"""
        .formatted(merged, orderBy, condition, to, from);
  }

  private String orderBy(boolean reverse) {
    return keys.stream()
        .map(key -> reverse ? key + " desc" : key)
        .collect(Collectors.joining(", "));
  }
}
