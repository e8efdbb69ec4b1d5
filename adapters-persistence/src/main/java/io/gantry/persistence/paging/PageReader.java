package io.gantry.persistence.paging;

import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import io.gantry.persistence.JdbcRow;
import io.gantry.persistence.Row;
import io.gantry.persistence.Statements;
import java.util.List;
import java.util.function.Function;

/**
 * Reads pages of lists. The total and the rows of a page are of one snapshot.
 *
 * @param columns what is selected
 * @param row the alias of the table in {@code columns} and {@code joins}
 * @param joins what else the columns are of, one row for each
 * @param near how many rows are passed over sooner than a better way is found
 */
public record PageReader(
    Statements statements, String columns, String row, String joins, long near) {
  /** The {@link #near} of all but tests. */
  public static final long NEAR = 5_000;

  /** Reads a page. Past the end of the list it has no items, but still the total. */
  public <T> Page<T> read(ListSql list, Asked asked, PageRequest page, Function<Row, T> mapping) {
    List<Counted<T>> rows =
        statements.query(
            pageOf(list, page),
            parameters -> asked.bind(parameters, page),
            row -> new Counted<>(mapping.apply(new JdbcRow(row)), row.getLong("total")));
    if (rows.isEmpty()) {
      return page.number() == 1 ? Page.empty() : new Page<>(List.of(), total(list, asked, page));
    }
    return new Page<>(rows.stream().map(Counted::item).toList(), rows.getFirst().total());
  }

  private record Counted<T>(T item, long total) {}

  private long total(ListSql list, Asked asked, PageRequest page) {
    return statements
        .query(
            "with %s, %s select total from counted".formatted(Asked.TABLE, list.counts()),
            parameters -> asked.bind(parameters, page),
            row -> row.getLong("total"))
        .getFirst();
  }

  /**
   * The page is found in indexes alone; only its rows are then read, one by one, which {@code
   * offset 0} makes certain, as the planner cannot know how few they are.
   */
  private String pageOf(ListSql list, PageRequest page) {
    return """
        with %s, %s, page as (%s)
        select %s, (select total from counted) as total
        from page
        cross join lateral (select one.* from %s one where one.id = page.id offset 0) %s %s
        order by %s
        """
        .formatted(
            Asked.TABLE,
            list.counts(),
            list.ids(page, near),
            columns,
            list.table(),
            row,
            joins,
            list.order().orderBy(row));
  }
}
