package io.gantry.persistence.paging;

/**
 * Where rows of a list are counted, as SQL: the table {@code marked} has keys with how many rows of
 * a project there are from each up to its next landmark, and what came or went since. In every
 * snapshot these add up to the rows of the list, as do those from any landmark up to another.
 *
 * @param tables for a {@code with}
 * @param keys columns that the rows of the list are sorted by; together unique
 * @param markKeys the same columns of {@code marked}
 */
record Marks(String tables, String keys, String markKeys) {
  private static final String LEAST_TIME = "cast('-infinity' as timestamptz)";
  private static final String LEAST_ID = "cast('00000000-0000-0000-0000-000000000000' as uuid)";

  /** Of all rows of projects. Each has a mark at its beginning, if it has no landmark at all. */
  static Marks ofProjects(LongList list) {
    String tables =
        """
        marked as (
          select project_id, key_text, key_time, key_id, row_count, deleting_count,
                 true as is_landmark
          from landmark where %1$s
          union all
          select project_id, key_text, key_time, key_id, row_count, deleting_count, false
          from list_change where %1$s
          union all
          select project_id, '', %2$s, %3$s, 0, 0, true
          from unnest((select projects from asked)) project_id
        )"""
            .formatted(
                "list = '%s' and region = %s and project_id = %s"
                    .formatted(list, Asked.REGION, Asked.ANY_PROJECT),
                LEAST_TIME,
                LEAST_ID);
    return new Marks(tables, list.keys, list.landmarkKeys);
  }
}
