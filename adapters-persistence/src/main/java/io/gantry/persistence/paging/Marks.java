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

  /**
   * Of the images of projects that have the name, which follow each other in the list by name. Only
   * what lies between the first and the last landmark at such an image is counted in whole blocks.
   * Up to the first and from the last there is less than a block, and its rows are counted
   * themselves, so changes there are left out. Without a landmark all rows come before the first.
   *
   * <p>That list does not count what is being deleted. For an order by status that is counted in an
   * index of its own, block by block; so changes are, too. Else images that have come since and are
   * being deleted would be taken off a block before they are added to it.
   *
   * @param images a condition that images of that name meet, and no others
   */
  static Marks ofImageName(String images, ListOrder order) {
    String tables =
        """
        edge as materialized (
          select project_id,
                 coalesce(first.key_time, 'infinity') as first_time,
                 coalesce(first.key_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff') as first_id,
                 coalesce(last.key_time, 'infinity') as last_time,
                 coalesce(last.key_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff') as last_id
          from unnest((select projects from asked)) asked_for(project_id)
          left join lateral (
            select key_time, key_id from landmark where %1$s and project_id = asked_for.project_id
            order by key_time, key_id limit 1
          ) first on true
          left join lateral (
            select key_time, key_id from landmark where %1$s and project_id = asked_for.project_id
            order by key_time desc, key_id desc limit 1
          ) last on true
        ), found as (
          select project_id, %2$s as key_time, %3$s as key_id,
                 (select count(*) from image where %4$s and project_id = edge.project_id
                    and (created_at, id) < (first_time, first_id)) as row_count,
                 true as is_landmark
          from edge
          union all
          select project_id, last_time, last_id,
                 (select count(*) from image where %4$s and project_id = edge.project_id
                    and (created_at, id) >= (last_time, last_id)),
                 true
          from edge
          union all
          select project_id, key_time, key_id, row_count, true
          from landmark join edge using (project_id)
          where %1$s and project_id = %5$s and (key_time, key_id) < (last_time, last_id)
          union all
          select project_id, key_time, key_id, row_count, false
          from list_change join edge using (project_id)
          where %1$s and project_id = %5$s and (key_time, key_id) >= (first_time, first_id)
            and (key_time, key_id) < (last_time, last_id)
        ), numbered as (
          select found.*, count(*) filter (where is_landmark) over (
                   partition by project_id order by key_time, key_id) as number
          from found
        ), block as (
          select project_id, key_time, key_id, row_count,
                 lead(key_time, 1, 'infinity') over following as end_time,
                 lead(key_id, 1, 'ffffffff-ffff-ffff-ffff-ffffffffffff') over following as end_id
          from (
            select project_id, key_time, key_id, is_landmark,
                   sum(row_count) over (partition by project_id, number) as row_count
            from numbered
          ) summed_up
          where is_landmark
          window following as (partition by project_id order by key_time, key_id)
        ), marked as (
          select project_id, '' as key_text, key_time, key_id, row_count,
                 %6$s as deleting_count, true as is_landmark
          from block
        )"""
            .formatted(
                "list = '%s' and region = %s and key_text = %s"
                    .formatted(LongList.IMAGES_BY_NAME, Asked.REGION, Asked.NAME),
                LEAST_TIME,
                LEAST_ID,
                images,
                Asked.ANY_PROJECT,
                order.byStatus() ? deletingInBlock(images) : "0");
    return new Marks(tables, "created_at, id", "key_time, key_id");
  }

  private static String deletingInBlock(String images) {
    return """
        (select count(*) from image
         where %s and project_id = block.project_id and status = 'DELETING'
           and (created_at, id) >= (key_time, key_id) and (created_at, id) < (end_time, end_id))"""
        .formatted(images);
  }
}
