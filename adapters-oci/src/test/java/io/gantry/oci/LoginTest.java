package io.gantry.oci;

import static io.gantry.oci.Registry.as;
import static io.gantry.oci.Registry.asNobody;
import static io.gantry.oci.Registry.asOwner;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How clients log in: the challenge, the token service, and what a token opens. */
@QuarkusTest
final class LoginTest {
  private static final String TOKENS = "/registry-internal/v1/regions/fr-par/tokens";

  private final Registry registry;

  LoginTest(Registry registry) {
    this.registry = registry;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v2/", "/v2"})
  void challengesNobodyAtTheBase(String path) {
    String host = "localhost:" + RestAssured.port;
    refused(asNobody().get(path).then())
        .header(
            "WWW-Authenticate",
            "Bearer realm=\"http://%s%s\",service=\"%s\"".formatted(host, TOKENS, host));
  }

  @Test
  void namesTheRegionOfTheHostInTheRealm() {
    asNobody()
        .header("Host", "nl.registry.example")
        .get("/v2/")
        .then()
        .header(
            "WWW-Authenticate",
            "Bearer realm=\"http://nl.registry.example/registry-internal/v1/regions/nl-ams/tokens\","
                + "service=\"nl.registry.example\"");
  }

  @Test
  void opensTheBaseToAKey() {
    asOwner()
        .get("/v2/")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .header("Docker-Distribution-Api-Version", "registry/2.0")
        .body(equalTo("{}"));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, tags/list, pull",
    "GET, manifests/latest, pull",
    "HEAD, manifests/latest, pull",
    "PUT, manifests/latest, 'pull,push'",
    "DELETE, manifests/latest, delete",
    "POST, blobs/uploads/, 'pull,push'",
    "PATCH, blobs/uploads/7, 'pull,push'",
    "PUT, blobs/uploads/7?digest=x, 'pull,push'",
    "GET, blobs/uploads/7, 'pull,push'",
    "DELETE, blobs/uploads/7, 'pull,push'",
  })
  void saysWhatATokenIsNeededFor(String method, String rest, String actions) {
    String path = registry.namespace() + "/app/" + rest;
    String host = "localhost:" + RestAssured.port;
    // A PUT that names no good digest is told so before anything else, whoever sends it.
    String sound = path.replace("digest=x", "digest=" + Registry.digestOf(""));
    asNobody()
        .request(method, "/v2/" + sound)
        .then()
        .statusCode(401)
        .header(
            "WWW-Authenticate",
            "Bearer realm=\"http://%s%s\",service=\"%s\",scope=\"repository:%s:%s\""
                .formatted(
                    host, TOKENS, host, path.substring(0, path.indexOf("/app/") + 4), actions));
  }

  /** What is no name is in no scope: it would be text of the client's own in the header. */
  @ParameterizedTest
  @ValueSource(strings = {"demo%0d%0aX-Own:%20yes/app", "demo/app%22,x=%22", "demo", "D/%C3%A9"})
  void asksForNothingInParticularWhereNoRepositoryIsNamed(String name) {
    refused(get("/v2/" + name + "/manifests/latest", "x.y.z"))
        .header("X-Own", nullValue())
        .header("WWW-Authenticate", not(containsString("scope")));
  }

  @Test
  void refusesAnUnknownSecret() {
    String basic = Callers.basic("nologin", UUID.randomUUID().toString());
    refused(asNobody().header("Authorization", basic).get("/v2/").then());
    refused(asNobody().header("Authorization", basic).get(TOKENS).then())
        .header("WWW-Authenticate", endsWith("error=\"invalid_token\""));
  }

  @Test
  void issuesATokenToAKey() {
    asOwner()
        .get(TOKENS + "?service=x&account=nologin")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("token", notNullValue())
        .body("access_token", notNullValue())
        .body("expires_in", is(300))
        .body("issued_at", matchesPattern("2026-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z"));
  }

  @Test
  void opensTheBaseToAnyToken() {
    get("/v2/", token(asOwner().get(TOKENS).then())).statusCode(200);
    get("/v2/", token(asNobody().get(TOKENS).then())).statusCode(200);
    refused(get("/v2/", "x.y.z")).header("WWW-Authenticate", endsWith("error=\"invalid_token\""));
  }

  @Test
  void grantsWhatIsBothAskedForAndAllowed() {
    String app = app();
    String scope = "?scope=repository:" + app + ":pull,push,delete&scope=repository:a/b:pull";
    String ours = token(as(Callers.READER).get(TOKENS + scope).then());
    get("/v2/" + app + "/manifests/latest", ours).statusCode(200);
    asNobody()
        .header("Authorization", "Bearer " + ours)
        .delete("/v2/" + app + "/manifests/latest")
        .then()
        .statusCode(403);
  }

  @Test
  void grantsNothingOnWhatIsHidden() {
    String app = app();
    String scope = "?scope=repository:" + app + ":pull";
    get("/v2/" + app + "/manifests/latest", token(as(Callers.STRANGER).get(TOKENS + scope).then()))
        .statusCode(404);
    get("/v2/" + app + "/manifests/latest", token(asNobody().get(TOKENS + scope).then()))
        .statusCode(401);
  }

  @Test
  void asksForAnotherTokenWhereTheScopeIsTooNarrow() {
    String app = app();
    String pulling = token(asOwner().get(TOKENS + "?scope=repository:" + app + ":pull").then());
    refused(
            asNobody()
                .header("Authorization", "Bearer " + pulling)
                .post("/v2/" + app + "/blobs/uploads/")
                .then())
        .header(
            "WWW-Authenticate",
            endsWith("scope=\"repository:" + app + ":pull,push\",error=\"insufficient_scope\""));
  }

  @Test
  void readsSeveralScopesInOneParameter() {
    String one = app();
    String two = app();
    String scope = "?scope=repository:" + one + ":pull%20repository:" + two + ":pull";
    String token = token(asOwner().get(TOKENS + scope).then());
    get("/v2/" + one + "/manifests/latest", token).statusCode(200);
    get("/v2/" + two + "/manifests/latest", token).statusCode(200);
  }

  @Test
  void refusesARegionThatIsNotServed() {
    asOwner()
        .get("/registry-internal/v1/regions/xx-none/tokens")
        .then()
        .statusCode(400)
        .body("errors[0].code", notNullValue());
  }

  private String app() {
    String app = registry.namespace() + "/app";
    var _ = Registry.pushImage(app, "latest", "layer");
    return app;
  }

  private static String token(ValidatableResponse answer) {
    return answer.statusCode(200).extract().path("token");
  }

  private static ValidatableResponse get(String path, String token) {
    return asNobody().header("Authorization", "Bearer " + token).get(path).then();
  }

  private static ValidatableResponse refused(ValidatableResponse answer) {
    return answer
        .statusCode(401)
        .contentType("application/json")
        .header("Docker-Distribution-Api-Version", "registry/2.0")
        .header("WWW-Authenticate", notNullValue())
        .body("errors[0].code", equalTo("UNAUTHORIZED"))
        .body("errors[0].message", notNullValue());
  }
}
