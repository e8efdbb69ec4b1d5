package io.gantry.persistence;

import io.gantry.domain.namespace.Region;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.Session;

/**
 * Reads things of a region by their ids, several in one statement.
 *
 * <p>Not a native query of Hibernate: these run for nearly every request of the control plane, and
 * Hibernate would find out anew each time what columns there are, which takes as long as the
 * statement itself.
 */
public final class ById {
  /**
   * What a column must equal; the second parameter. In a sub-select, so that one plan serves any
   * number of ids: of a bare parameter PostgreSQL knows the length, and as fewer are cheaper than
   * the ten that it would else reckon with, it would make a plan for each statement anew, which
   * costs more than running it. Without the outer cast the sub-select would be a list of arrays.
   */
  public static final String ANY = "any(cast((select cast(? as uuid[])) as uuid[])) ";

  private ById() {}

  /**
   * Reads the rows of a statement.
   *
   * @param sql has two parameters: the region and, in {@link #ANY}, the ids
   */
  public static <I, T> List<T> read(
      Session session,
      String sql,
      Region region,
      Collection<I> ids,
      Function<I, UUID> value,
      Function<Row, T> mapping) {
    return session.doReturningWork(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, region.value());
            statement.setArray(
                2, connection.createArrayOf("uuid", ids.stream().map(value).toArray()));
            List<T> all = new ArrayList<>(ids.size());
            try (ResultSet rows = statement.executeQuery()) {
              var row = new JdbcRow(rows);
              while (rows.next()) all.add(mapping.apply(row));
            }
            return all;
          }
        });
  }
}
