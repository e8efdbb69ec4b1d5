package io.gantry.bootstrap.running;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What is set in each session of the pool, those that migrated the database included. */
@QuarkusTest
@RunningGantry
final class SessionLimitsTest {
  private static final int SESSIONS = 10;

  private final DataSource database;

  SessionLimitsTest(DataSource database) {
    this.database = database;
  }

  @Test
  void areThoseOfTheConfiguration() {
    // Who was still in use when the server was told to close it is closed when it comes back.
    Deadline.in(Duration.ofSeconds(30))
        .await(
            () -> settings().stream().distinct().toList().equals(List.of("10s 20s")),
            () -> settings().toString());
    assertThat(settings()).hasSize(SESSIONS).containsOnly("10s 20s");
  }

  private List<String> settings() {
    List<Connection> open = new ArrayList<>();
    List<String> settings = new ArrayList<>();
    try {
      for (int i = 0; i < SESSIONS; i++) open.add(database.getConnection());
      for (Connection one : open) {
        settings.add(
            show(one, "idle_in_transaction_session_timeout") + " " + show(one, "lock_timeout"));
      }
      for (Connection one : open) one.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return settings;
  }

  private static String show(Connection connection, String setting) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("show " + setting)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
