package io.gantry.persistence;

import io.gantry.domain.namespace.Region;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Reads things of a region by their ids, several in one statement. */
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
      Statements statements,
      String sql,
      Region region,
      Collection<I> ids,
      Function<I, UUID> value,
      Function<Row, T> mapping) {
    return statements.query(
        sql,
        parameters -> {
          parameters.text(region.value());
          parameters.array("uuid", ids, value);
        },
        row -> mapping.apply(new JdbcRow(row)));
  }
}
