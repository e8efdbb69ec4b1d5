package io.gantry.bootstrap.running;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.bootstrap.client.Content;
import io.gantry.bootstrap.client.TestImage;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pull costs the database: one statement and no transaction. */
@QuarkusTest
@RunningGantry
final class PullCostTest {
  private static final int TRIES = 20;

  @Inject SessionFactory sessions;

  private String app;
  private Content manifest;
  private Content layer;

  @BeforeEach
  void push() throws Exception {
    String namespace = "ns-" + UUID.randomUUID();
    given()
        .header("X-Auth-Token", PostgresTestResource.SECRET_KEY)
        .contentType("application/json")
        .body("{\"name\":\"%s\"}".formatted(namespace))
        .post("/registry/v1/regions/fr-par/namespaces")
        .then()
        .statusCode(200);
    TestImage image = TestImage.random(1, 1000);
    app = "/v2/" + namespace + "/app/";
    for (Content blob : image.blobs()) {
      asOwner()
          .contentType("application/octet-stream")
          .body(blob.bytes())
          .post(app + "blobs/uploads/?digest=" + blob.digest())
          .then()
          .statusCode(201);
    }
    manifest = image.manifest();
    layer = image.layers().getFirst().content();
    asOwner()
        .contentType(TestImage.MANIFEST_TYPE)
        .body(manifest.bytes())
        .put(app + "manifests/latest")
        .then()
        .statusCode(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HEAD manifests/latest",
        "GET manifests/latest",
        "HEAD manifests/MANIFEST",
        "GET manifests/MANIFEST",
        "HEAD blobs/LAYER",
        "GET blobs/LAYER",
        "GET tags/list",
        "GET referrers/MANIFEST"
      })
  void isOneStatement(String request) {
    String[] parts =
        request
            .replace("MANIFEST", manifest.digest())
            .replace("LAYER", layer.digest())
            .split(" ", -1);
    Statistics statistics = sessions.getStatistics();
    statistics.setStatisticsEnabled(true);
    List<String> costs = new ArrayList<>();
    for (int i = 0; i < TRIES; i++) {
      statistics.clear();
      asOwner().request(parts[0], app + parts[1]).then().statusCode(200);
      costs.add(
          statistics.getPrepareStatementCount()
              + " statement, "
              + statistics.getTransactionCount()
              + " transactions");
    }

    // What else happens at the same time only adds: collection, and reading keys again.
    assertThat(costs).contains("1 statement, 0 transactions");
    assertThat(costs).noneMatch(cost -> cost.startsWith("0 "));
  }

  private static RequestSpecification asOwner() {
    return given()
        .urlEncodingEnabled(false)
        .auth()
        .preemptive()
        .basic("nologin", PostgresTestResource.SECRET_KEY);
  }
}
