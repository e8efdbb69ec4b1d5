package io.gantry.bootstrap.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.bootstrap.process.GantryProcess;
import io.gantry.bootstrap.running.Deadline;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pushes into an image whose lock somebody holds who does nothing. */
final class HungReplicaIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String NAMESPACE = "hung";
  private static final String APP = NAMESPACE + "/app";

  private static TwoServers servers;
  private static Replicas replicas;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    String secret = UUID.randomUUID().toString();
    servers =
        TwoServers.start(
            folder,
            secret,
            "gantry.database.idle-in-transaction=2s",
            "gantry.database.lock-wait=6s");
    replicas =
        new Replicas(
            servers.processes().stream().map(server -> server.uri("/")).toList(),
            secret,
            servers.blobs());
    replicas.createNamespace(NAMESPACE);
    assertThat(push(0, "first")).isEqualTo(201);
    assertThat(push(1, "second")).isEqualTo(201);
  }

  @AfterAll
  static void stop() throws IOException {
    servers.close();
  }

  @Test
  void goOnWhenItIsAReplicaThatHangs() throws Exception {
    GantryProcess hanging = servers.processes().getFirst();
    CompletableFuture<Integer> interrupted;
    try (Connection operator = servers.connect()) {
      operator.setAutoCommit(false);
      execute(operator, "lock table tag in share mode");
      interrupted = CompletableFuture.supplyAsync(() -> push(0, "interrupted"));
      Deadline.in(PATIENCE).await(() -> isWaitedFor(operator), () -> "nobody wants the lock");
      hanging.pause();
      operator.commit();
    }
    try {
      assertThat(push(1, "meanwhile")).isEqualTo(201);
    } finally {
      hanging.resume();
    }

    assertThat(interrupted.get()).isEqualTo(201);
    assertThat(replicas.get(1, "/v2/" + APP + "/tags/list").body())
        .contains("\"interrupted\"", "\"meanwhile\"");
    assertThat(hanging.metrics()).containsPattern("gantry_database_repeats_total [1-9]");
  }

  private static int push(int client, String tag) {
    return replicas.pushIndex(client, APP, tag).statusCode();
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      var _ = statement.execute(sql);
    }
  }

  private static boolean isWaitedFor(Connection connection) {
    String sql = "select from pg_stat_activity where wait_event_type = 'Lock'";
    try (Statement statement = connection.createStatement();
        ResultSet waiting = statement.executeQuery(sql)) {
      return waiting.next();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
