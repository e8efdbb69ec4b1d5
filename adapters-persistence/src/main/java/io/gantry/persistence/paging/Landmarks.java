package io.gantry.persistence.paging;

/**
 * The landmarks of a list, as SQL that finds the last one before a row. A landmark is a key with
 * the number of rows from there up to the next one; what came or went since is in {@code
 * list_change}.
 *
 * @param marks both of them
 * @param rows which rows of a block are of interest, as an SQL expression of its counts
 */
record Landmarks(Marks marks, String rows) {

  static Landmarks ofAll(Marks marks) {
    return new Landmarks(marks, "row_count");
  }

  static Landmarks ofReady(Marks marks) {
    return new Landmarks(marks, "row_count - deleting_count");
  }

  static Landmarks ofDeleting(Marks marks) {
    return new Landmarks(marks, "deleting_count");
  }

  /** How many rows of interest there are in all projects together. */
  String total() {
    return "select cast(coalesce(sum(%s), 0) as bigint) from marked".formatted(rows);
  }

  /**
   * Tables for a {@code with}: {@code start} has for each project a landmark and how many of its
   * rows come {@code before}. In the merged order of all projects these come before the row that is
   * looked for, and no more than a block of each project lies between.
   *
   * <p>{@code most} is what can come before a landmark: all rows of all blocks that begin before
   * it, in whatever project. Blocks that reach beyond it count whole, so it may be too many and is
   * never too few. The last landmark with no more than are wanted is the farthest that is known to
   * come before the row, and each project begins with its own last one up to there.
   *
   * @param wanted how many rows come before the row that is looked for, as an SQL expression
   */
  String start(String wanted) {
    return """
        mark as (
          select project_id, key_text, key_time, key_id, sum(%1$s) as rows,
                 bool_or(is_landmark) as is_landmark
          from marked
          group by project_id, key_text, key_time, key_id
        ), summed as (
          select mark.*,
                 coalesce(sum(rows) over (
                   order by key_text, key_time, key_id
                   rows between unbounded preceding and 1 preceding), 0) as most,
                 coalesce(sum(rows) over (
                   partition by project_id order by key_text, key_time, key_id
                   rows between unbounded preceding and 1 preceding), 0) as before
          from mark
        ), near as (
          select key_text, key_time, key_id from summed where is_landmark and most <= %2$s
          order by key_text desc, key_time desc, key_id desc limit 1
        ), start as materialized (
          select distinct on (project_id) project_id, key_text, key_time, key_id, before
          from summed
          where is_landmark
            and (key_text, key_time, key_id) <= (select key_text, key_time, key_id from near)
          order by project_id, key_text desc, key_time desc, key_id desc
        )"""
        .formatted(rows, wanted);
  }

  /**
   * A condition on the rows of a project, by its number from 1: the others come before the start.
   */
  String notBeforeStart(int project) {
    return "(%s) >= (select %s from start where project_id = %s)"
        .formatted(marks.keys(), marks.markKeys(), Asked.project(project));
  }
}
