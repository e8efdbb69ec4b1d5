package io.gantry.persistence.paging;

import java.util.Arrays;
import java.util.List;

/**
 * The lists of a project that can be too long to be passed over up to their middle, and so have
 * landmarks. Only those by creation count what is being deleted, for the order by status.
 */
enum LongList {
  NAMESPACES("namespace where true", "created_at, id", "key_time, key_id"),
  NAMESPACES_BY_NAME("namespace where true", "name, id", "key_text, key_id"),
  NAMESPACES_BY_DESCRIPTION("namespace where true", "description_start, id", "key_text, key_id"),
  IMAGES("image where published", "created_at, id", "key_time, key_id"),
  IMAGES_BY_NAME("image where published", "name, created_at, id", "key_text, key_time, key_id");

  /** Table and first condition of the rows. */
  final String rows;

  /** Columns that the rows are sorted by; together unique. */
  final String keys;

  /** The same columns of a landmark; any other part of its key is the least there is. */
  final String landmarkKeys;

  LongList(String rows, String keys, String landmarkKeys) {
    this.rows = rows;
    this.keys = keys;
    this.landmarkKeys = landmarkKeys;
  }

  /** The list of whole projects that is sorted so, or by status and then so. */
  static LongList of(String table, List<String> keys) {
    return Arrays.stream(values())
        .filter(list -> list.rows.startsWith(table + " "))
        .filter(list -> list.keys.equals(String.join(", ", keys)))
        .findFirst()
        .orElseThrow();
  }

  /** The whole key of a landmark at a row. */
  String keyOfRow() {
    return "%s as key_text, %s as key_time, id as key_id"
        .formatted(
            landmarkKeys.contains("key_text") ? keys.substring(0, keys.indexOf(',')) : "''",
            landmarkKeys.contains("key_time") ? "created_at" : "cast('-infinity' as timestamptz)");
  }

  /** Which rows count as being deleted, as a condition. */
  String deleting() {
    return this == NAMESPACES || this == IMAGES ? "status = 'DELETING'" : "false";
  }
}
