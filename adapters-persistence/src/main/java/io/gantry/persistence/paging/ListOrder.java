package io.gantry.persistence.paging;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How a list is sorted.
 *
 * @param keys columns of its table; together unique
 * @param descending whether the last comes first, of all that it is sorted by
 * @param byStatus whether it is sorted by status before the keys
 */
public record ListOrder(List<String> keys, boolean descending, boolean byStatus) {
  public ListOrder {
    keys = List.copyOf(keys);
  }

  /** Ascending. */
  public static ListOrder by(String... keys) {
    return new ListOrder(List.of(keys), false, false);
  }

  /** Ascending, by status first. */
  public static ListOrder byStatusAnd(String... keys) {
    return new ListOrder(List.of(keys), false, true);
  }

  public ListOrder reversed() {
    return new ListOrder(keys, !descending, byStatus);
  }

  /** Of a list where all rows have the same in a column. */
  public ListOrder without(String column) {
    List<String> rest = keys.stream().filter(key -> !key.equals(column)).toList();
    return new ListOrder(rest, descending, byStatus);
  }

  /** What sorts rows of the table, given its alias. */
  String orderBy(String row) {
    String direction = descending ? " desc" : "";
    String status = byStatus ? row + ".status collate \"C\"" + direction + ", " : "";
    return keys.stream()
        .map(key -> row + "." + key + direction)
        .collect(Collectors.joining(", ", status, ""));
  }
}
