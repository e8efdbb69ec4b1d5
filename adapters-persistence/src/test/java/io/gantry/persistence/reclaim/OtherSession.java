package io.gantry.persistence.reclaim;

import io.gantry.persistence.AtOnce;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;

/** A second connection, whose transaction stays open until the test commits it. */
final class OtherSession implements AutoCloseable {
  private final Connection connection;

  OtherSession(DataSource dataSource) {
    try {
      connection = dataSource.getConnection();
      connection.setAutoCommit(false);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs a statement, and fails with the {@link SQLException} of the database as the cause. */
  int execute(String sql, Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) statement.setObject(i + 1, parameters[i]);
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As {@link #execute} in another thread, as it will wait for somebody. */
  CompletableFuture<Integer> start(String sql, Object... parameters) {
    return AtOnce.start(() -> execute(sql, parameters));
  }

  void commit() {
    try {
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try (connection) {
      connection.rollback();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
