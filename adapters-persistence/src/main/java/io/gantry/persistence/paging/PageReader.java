package io.gantry.persistence.paging;

import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import io.gantry.persistence.JdbcRow;
import io.gantry.persistence.Row;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.hibernate.Session;

/**
 * Reads pages of lists. The total and the rows of a page are of one snapshot.
 *
 * <p>Not with native queries of Hibernate, for the same reason as {@code ById}.
 *
 * @param columns what is selected
 * @param row the alias of the table in {@code columns} and {@code joins}
 * @param joins what else the columns are of, one row for each
 * @param near how many rows are passed over sooner than a better way is found
 */
public record PageReader(Session session, String columns, String row, String joins, long near) {
  /** The {@link #near} of all but tests. */
  public static final long NEAR = 5_000;

  public <T> Page<T> read(ListSql list, Asked asked, PageRequest page, Function<Row, T> mapping) {
    return session.doReturningWork(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(pageOf(list, page))) {
            asked.bind(statement, page);
            try (ResultSet rows = statement.executeQuery()) {
              if (rows.next()) return readAll(rows, page, mapping);
            }
          }
          return page.number() == 1
              ? Page.empty()
              : new Page<>(List.of(), total(connection, list, asked, page));
        });
  }

  private static <T> Page<T> readAll(ResultSet rows, PageRequest page, Function<Row, T> mapping)
      throws SQLException {
    long total = rows.getLong("total");
    List<T> items = new ArrayList<>(page.size());
    var row = new JdbcRow(rows);
    do items.add(mapping.apply(row));
    while (rows.next());
    return new Page<>(items, total);
  }

  private static long total(Connection connection, ListSql list, Asked asked, PageRequest page)
      throws SQLException {
    String sql =
        "with %s, counted as (%s) select total from counted".formatted(Asked.TABLE, list.counts());
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      asked.bind(statement, page);
      try (ResultSet rows = statement.executeQuery()) {
        var _ = rows.next();
        return rows.getLong("total");
      }
    }
  }

  /**
   * The page is found in indexes alone; only its rows are then read, one by one, which {@code
   * offset 0} makes certain, as the planner cannot know how few they are.
   */
  private String pageOf(ListSql list, PageRequest page) {
    return """
        with %s, counted as materialized (%s), page as (%s)
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
