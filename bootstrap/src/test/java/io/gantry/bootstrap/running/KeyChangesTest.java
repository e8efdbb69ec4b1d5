package io.gantry.bootstrap.running;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Changes to an API key while somebody else changes it: none undoes the other. */
@QuarkusTest
@RunningGantry
final class KeyChangesTest {
  private static final String IAM = "/iam/v1alpha1/";
  private static final String KEYS = IAM + "api-keys/";
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final DataSource database;

  KeyChangesTest(DataSource database) {
    this.database = database;
  }

  @Test
  void aNewDescriptionLeavesTheExpiryThatIsSetMeanwhile() throws Exception {
    String key = makeKey();

    Response answer =
        behind(
            "update api_key set expires_at = '2031-02-03T04:05:06Z' where access_key = '%s'"
                .formatted(key),
            () -> describe(key));

    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    Response now = asBoss().get(KEYS + key);
    assertThat(now.<String>path("description")).isEqualTo("new");
    assertThat(now.<String>path("expires_at")).startsWith("2031-02-03T04:05:06");
  }

  @Test
  void aKeyRevokedMeanwhileIsNotFound() throws Exception {
    for (Request request : List.<Request>of(KeyChangesTest::describe, KeyChangesTest::revoke)) {
      String key = makeKey();

      Response answer =
          behind(
              "delete from api_key where access_key = '%s'".formatted(key),
              () -> request.about(key));

      assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(404);
    }
  }

  private interface Request {
    Response about(String key);
  }

  private static Response describe(String key) {
    return asBoss().body("{\"description\":\"new\"}").patch(KEYS + key);
  }

  private static Response revoke(String key) {
    return asBoss().delete(KEYS + key);
  }

  /** The answer to a request that comes while a statement is done but not committed. */
  private Response behind(String statement, Callable<Response> request) throws Exception {
    try (Connection somebody = database.getConnection();
        ExecutorService client = Executors.newSingleThreadExecutor()) {
      somebody.setAutoCommit(false);
      execute(somebody, statement);
      Future<Response> answer = client.submit(request);
      Deadline.in(PATIENCE).await(this::somebodyWaits, () -> "nobody waits for the row");
      somebody.commit();
      return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private boolean somebodyWaits() {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select from pg_stat_activity where wait_event_type = 'Lock'")) {
      return rows.next();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isEqualTo(1);
    }
  }

  private static String makeKey() {
    Response application =
        asBoss()
            .body("{\"name\":\"changes-%s\"}".formatted(UUID.randomUUID()))
            .post(IAM + "applications");
    Response key =
        asBoss()
            .body("{\"application_id\":\"%s\"}".formatted(application.<String>path("id")))
            .post(IAM + "api-keys");
    assertThat(key.statusCode()).as(key.asString()).isEqualTo(200);
    return key.path("access_key");
  }

  private static RequestSpecification asBoss() {
    return given()
        .header("X-Auth-Token", PostgresTestResource.SECRET_KEY)
        .contentType("application/json");
  }
}
