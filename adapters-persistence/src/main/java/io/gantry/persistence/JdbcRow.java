package io.gantry.persistence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** The row that a result of JDBC stands at. */
public record JdbcRow(ResultSet rows) implements Row {
  @Override
  public <T> T get(String column, Class<T> type) {
    try {
      return type == Instant.class
          ? type.cast(rows.getObject(column, OffsetDateTime.class).toInstant())
          : rows.getObject(column, type);
    } catch (SQLException e) {
      throw new IllegalArgumentException(column + " is no " + type.getSimpleName(), e);
    }
  }
}
