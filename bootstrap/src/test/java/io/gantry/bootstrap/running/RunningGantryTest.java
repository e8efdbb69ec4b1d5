package io.gantry.bootstrap.running;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** The server that protocol tests share answers on each of its faces. */
@QuarkusTest
@RunningGantry
final class RunningGantryTest {

  @Test
  void servesTheControlPlane() {
    given()
        .header("X-Auth-Token", PostgresTestResource.SECRET_KEY)
        .get("/registry/v1/regions/fr-par/namespaces")
        .then()
        .statusCode(200);
  }

  @Test
  void asksForALoginOnTheDataPlane() {
    given().get("/v2/").then().statusCode(401).body("errors[0].code", equalTo("UNAUTHORIZED"));
  }

  @Test
  void servesTheDocumentsOfTheControlPlane() {
    given().get("/q/openapi").then().statusCode(200).body(containsString("/namespaces"));
    given().get("/q/openapi-identity").then().statusCode(200).body(containsString("/api-keys"));
    given()
        .get("/q/swagger-ui/")
        .then()
        .statusCode(200)
        .body(containsString("/q/openapi\""), containsString("/q/openapi-identity\""));
  }
}
