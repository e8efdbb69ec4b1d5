package io.gantry.bootstrap.database;

import io.agroal.api.AgroalPoolInterceptor;
import io.gantry.bootstrap.configuration.GantryConfig;
import io.gantry.bootstrap.configuration.GantryConfig.DatabaseConfig;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Tells PostgreSQL, for each session of the pool, how long it may hold locks without doing anything
 * and how long it may wait for those of others. Without that, a replica that hangs would stop all
 * who want to change the same for as long as its connection lives.
 *
 * <p>How long a statement may take is not limited: what takes long here is what must be done, and
 * its locks are given back when it is.
 */
@Singleton
@Unremovable
final class SessionLimits implements AgroalPoolInterceptor {
  private final DatabaseConfig config;

  SessionLimits(GantryConfig config) {
    this.config = config.database();
  }

  @Override
  public void onConnectionCreate(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      boolean _ =
          statement.execute(
              set("idle_in_transaction_session_timeout", config.idleInTransaction())
                  + set("lock_timeout", config.lockWait()));
    } catch (SQLException e) {
      throw new IllegalStateException("the session cannot be set up", e);
    }
  }

  private static String set(String setting, Duration value) {
    return "set " + setting + " = " + value.toMillis() + ";";
  }
}
