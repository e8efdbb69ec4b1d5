package io.gantry.persistence.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.persistence.AtOnce;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the schema before landmarks to that with them, while servers of the older version run. */
final class LandmarkMigrationTest {
  private static final String ROWS =
      """
      insert into namespace (id, region, name, description, organization_id, project_id, status,
                             is_public, created_at, updated_at)
      select gen_random_uuid(), 'fr-par', 'n' || g, '', gen_random_uuid(),
             '22222222-2222-4222-8222-222222222221', 'READY', false, now(), now()
      from generate_series(1, 3) g;
      insert into image (id, namespace_id, project_id, region, name, status, visibility,
                         published, size, created_at, updated_at)
      select gen_random_uuid(), n.id, n.project_id, n.region, 'i' || g,
             case when g = 1 then 'DELETING' else 'READY' end, 'INHERIT', g < 5, 0, now(), now()
      from namespace n cross join generate_series(1, 6) g where n.status = 'READY';
      """;

  private static final String LISTS =
      """
      select concat_ws(' ', list, sum(row_count), sum(deleting_count)) from (
        select list, row_count, deleting_count from landmark
        union all
        select list, row_count, deleting_count from list_change) counted_in
      group by list order by list
      """;

  private EmbeddedPostgres postgres;
  private DataSource database;

  @BeforeEach
  void start() throws IOException {
    postgres = EmbeddedPostgres.start();
    database = postgres.getPostgresDatabase();
    var _ = migrate("9");
  }

  @AfterEach
  void stop() throws IOException {
    postgres.close();
  }

  @Test
  void countsWhatIsThere() throws SQLException {
    execute(ROWS);

    var _ = migrate("10");

    assertThat(select(LISTS))
        .containsExactly(
            "IMAGES 12 3",
            "IMAGES_BY_NAME 12 0",
            "NAMESPACES 3 0",
            "NAMESPACES_BY_DESCRIPTION 3 0",
            "NAMESPACES_BY_NAME 3 0");
    assertThat(select("select 1 from list_change")).isEmpty();
  }

  /** It waits for whoever is writing, and counts that; what comes later is for the triggers. */
  @Test
  void missesNothingThatIsWrittenMeanwhile() throws SQLException {
    execute(ROWS);
    CompletableFuture<Boolean> migration;
    try (Connection writer = database.getConnection();
        Statement statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      var _ = statement.execute("update image set published = true where name = 'i5'");
      var _ = statement.execute("update image set status = 'DELETING' where name = 'i2'");
      var _ = statement.execute("delete from image where name = 'i3'");
      migration = AtOnce.start(() -> migrate("10"));
      while (!migration.isDone() && !isAnybodyWaiting()) Thread.onSpinWait();
      writer.commit();
    }
    assertThat(AtOnce.join(migration)).isTrue();
    assertThat(select(LISTS))
        .containsExactly(
            "IMAGES 12 6",
            "IMAGES_BY_NAME 12 0",
            "NAMESPACES 3 0",
            "NAMESPACES_BY_DESCRIPTION 3 0",
            "NAMESPACES_BY_NAME 3 0");

    execute("update image set published = true, size = 1 where name in ('i5', 'i6')");
    execute("update image set status = 'DELETING' where name in ('i1', 'i2', 'i4')");
    execute("delete from image where name = 'i2'");
    execute("update namespace set status = 'DELETING'");
    execute(ROWS);
    assertThat(select(LISTS))
        .containsExactly(
            "IMAGES 24 9",
            "IMAGES_BY_NAME 24 0",
            "NAMESPACES 6 3",
            "NAMESPACES_BY_DESCRIPTION 6 0",
            "NAMESPACES_BY_NAME 6 0");
  }

  private boolean migrate(String target) {
    return Flyway.configure().dataSource(database).target(target).load().migrate().success;
  }

  private boolean isAnybodyWaiting() throws SQLException {
    return !select("select 1 from pg_locks where not granted").isEmpty();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      var _ = statement.execute(sql);
    }
  }

  private List<String> select(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) rows.add(result.getString(1));
    }
    return rows;
  }
}
