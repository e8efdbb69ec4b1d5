package io.gantry.persistence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
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

  /** Adds a text, or that there is none. */
  public void text(@Nullable String value) throws SQLException {
    statement.setString(++last, value);
  }

  /** Adds an id, or that there is none. */
  public void uuid(@Nullable UUID value) throws SQLException {
    statement.setObject(++last, value, Types.OTHER);
  }

  /**
   * Adds an array that has a value for each item.
   *
   * @param type what PostgreSQL calls the type of the values
   */
  public <T> void array(
      String type, Collection<T> items, Function<T, ? extends @Nullable Object> value)
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
