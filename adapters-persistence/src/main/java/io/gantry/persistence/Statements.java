package io.gantry.persistence;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Runs statements by plain JDBC: in the transaction there is, or in auto-commit mode. For those
 * that run for nearly every request, of which Hibernate would find out anew each time what columns
 * there are, and for parameters that are arrays.
 */
@Singleton
public final class Statements {
  private final DataSource dataSource;

  Statements(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Sets the parameters of a statement, in their order. */
  @FunctionalInterface
  public interface Binding {
    /** Adds all parameters. */
    void bind(Parameters parameters) throws SQLException;
  }

  /** Makes something of a row. */
  @FunctionalInterface
  public interface Mapping<T> {
    /** Reads the row that the result stands at. */
    T map(ResultSet row) throws SQLException;
  }

  /** Returns what a statement returns. Throws {@link FailedStatement}. */
  public <T> List<T> query(String sql, Binding binding, Mapping<T> mapping) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      binding.bind(new Parameters(connection, statement));
      List<T> all = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) all.add(mapping.map(rows));
      }
      return all;
    } catch (SQLException e) {
      throw new FailedStatement(e);
    }
  }
}
