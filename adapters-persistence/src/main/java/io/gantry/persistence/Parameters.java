package io.gantry.persistence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The parameters of a statement, one after the other. */
public final class Parameters {
  private final Connection connection;
  private final PreparedStatement statement;
  private int last;

  Parameters(Connection connection, PreparedStatement statement) {
    this.connection = connection;
    this.statement = statement;
  }

  /** Adds a number. */
  public void number(long value) throws SQLException {
    statement.setLong(++last, value);
  }

  /** Adds a text. */
  public void text(String value) throws SQLException {
    statement.setString(++last, value);
  }

  /**
   * Adds an array that has a value for each item.
   *
   * @param type what PostgreSQL calls the type of the values
   */
  public <T> void array(String type, List<T> items, Function<T, @Nullable Object> value)
      throws SQLException {
    array(type, items.stream().map(value).toArray());
  }

  /** Adds an array of byte strings, one for each item. */
  public <T> void bytes(List<T> items, Function<T, byte[]> value) throws SQLException {
    array("bytea", items.stream().map(value).toArray(byte[][]::new)); // it takes no Object[]
  }

  private void array(String type, @Nullable Object[] values) throws SQLException {
    statement.setArray(++last, connection.createArrayOf(type, values));
  }
}
