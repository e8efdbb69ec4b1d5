package io.gantry.oci;

import static io.gantry.oci.Registry.as;
import static io.gantry.oci.Registry.asNobody;
import static io.gantry.oci.Registry.asOwner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.access.ApiKey;
import io.gantry.domain.access.InMemoryKeyRepository;
import io.gantry.domain.access.SecretKey;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The token service as OAuth 2 clients use it: forms, refresh tokens, their failures. */
@QuarkusTest
final class TokenServiceTest {
  private static final String TOKENS = "/registry-internal/v1/regions/fr-par/tokens";

  private final Registry registry;
  private final InMemoryRegistry state;
  private final InMemoryKeyRepository keys;
  private String app = "";

  TokenServiceTest(Registry registry, InMemoryRegistry state, InMemoryKeyRepository keys) {
    this.registry = registry;
    this.state = state;
    this.keys = keys;
  }

  @BeforeEach
  void pushImage() {
    app = registry.namespace() + "/app";
    var _ = Registry.pushImage(app, "latest", "layer");
  }

  @AfterEach
  void restoreKeys() {
    keys.replaceConfigured(Callers.projects(), Callers.keys());
  }

  @Test
  void grantsByPassword() {
    ValidatableResponse answer =
        post("grant_type=password&service=x&client_id=docker&username=any&password="
                + Callers.OWNER.secret()
                + "&scope=repository:"
                + app
                + ":pull,push+repository:a/b:pull")
            .statusCode(200)
            .contentType("application/json")
            .header("Cache-Control", "no-store")
            .body("expires_in", is(300))
            .body("issued_at", notNullValue())
            .body("refresh_token", nullValue())
            .body("scope", equalTo("repository:" + app + ":pull,push"));
    JsonPath body = answer.extract().jsonPath();
    assertThat(body.getString("token")).isEqualTo(body.getString("access_token"));
    opens(body.getString("access_token"));
  }

  @Test
  void takesScopesAlsoAsSeveralFields() {
    String other = registry.namespace() + "/app";
    post(password(Callers.OWNER)
            + "&scope=repository:"
            + app
            + ":pull&scope=repository:"
            + other
            + ":push")
        .body(
            "scope",
            equalTo(
                String.join(
                    " ",
                    List.of("repository:" + app + ":pull", "repository:" + other + ":push").stream()
                        .sorted()
                        .toList())));
  }

  @Test
  void handsOutARefreshTokenToWhoAsksForOne() {
    String byForm =
        post(password(Callers.OWNER) + "&access_type=offline").extract().path("refresh_token");
    String byQuery = asOwner().get(TOKENS + "?offline_token=true").path("refresh_token");
    for (String token : List.of(byForm, byQuery)) {
      ValidatableResponse answer =
          post(refresh(token) + "&scope=repository:" + app + ":pull")
              .statusCode(200)
              .body("refresh_token", equalTo(token));
      opens(answer.extract().path("access_token"));
    }
  }

  @Test
  void handsOutNoRefreshTokenUnasked() {
    asOwner().get(TOKENS).then().body("refresh_token", nullValue());
    asOwner().get(TOKENS + "?offline_token=false").then().body("refresh_token", nullValue());
    post(password(Callers.OWNER) + "&access_type=online").body("refresh_token", nullValue());
    asNobody().get(TOKENS + "?offline_token=true").then().body("refresh_token", nullValue());
  }

  @Test
  void grantsByRefreshTokenOnlyWhatItsKeyMayNow() {
    String token = refreshToken(Callers.READER);
    post(refresh(token) + "&scope=repository:" + app + ":pull,push,delete")
        .body("scope", equalTo("repository:" + app + ":pull"));
  }

  @Test
  void aRefreshTokenEndsWithItsKey() {
    String token = refreshToken(Callers.READER);
    keys.replaceConfigured(Callers.projects(), List.of(Callers.OWNER.key()));
    forgetKeys();
    refused(post(refresh(token)));
  }

  @Test
  void aRefreshTokenEndsWithItsKeysSecret() {
    String token = refreshToken(Callers.READER);
    ApiKey old = Callers.READER.key();
    ApiKey renewed =
        new ApiKey(
            old.accessKey(),
            SecretKey.of(UUID.randomUUID()).hash(),
            old.organization(),
            old.defaultProject(),
            old.grants(),
            "",
            old.expiresAt());
    keys.replaceConfigured(Callers.projects(), List.of(Callers.OWNER.key(), renewed));
    forgetKeys();
    refused(post(refresh(token)));
  }

  @Test
  void aRefreshTokenEndsInTime() {
    String token = refreshToken(Callers.OWNER);
    state.clock.advance(World.REFRESH_LIFE.minusSeconds(1));
    post(refresh(token)).statusCode(200);
    state.clock.advance(Duration.ofSeconds(2));
    refused(post(refresh(token)));
  }

  @Test
  void oneKindOfTokenIsNotTakenForTheOther() {
    String access = asOwner().get(TOKENS).path("token");
    refused(post(refresh(access)));
    asNobody()
        .header("Authorization", "Bearer " + refreshToken(Callers.OWNER))
        .get("/v2/")
        .then()
        .statusCode(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.y.z", "nonsense", "%00"})
  void refusesARefreshTokenThatIsNotOurs(String token) {
    refused(post(refresh(token)));
  }

  @Test
  void refusesAWrongPassword() {
    refused(post("grant_type=password&username=x&password=" + UUID.randomUUID()));
    refused(post("grant_type=password&username=x&password=nonsense"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', invalid_request",
    "scope=x, invalid_request",
    "grant_type=, invalid_request",
    "grant_type=password, invalid_request",
    "grant_type=password&password=, invalid_request",
    "grant_type=refresh_token, invalid_request",
    "grant_type=client_credentials, unsupported_grant_type",
    "grant_type=%zz, invalid_request",
  })
  void saysWhatIsWrongWithAForm(String form, String word) {
    post(form)
        .statusCode(400)
        .body("error", equalTo(word))
        .body("error_description", notNullValue())
        .body("errors[0].code", notNullValue());
  }

  @Test
  void refusesAFormThatIsTooLarge() {
    post("grant_type=" + "x".repeat(70_000))
        .statusCode(413)
        .body("error", equalTo("invalid_request"))
        .body("errors[0].code", equalTo("SIZE_INVALID"));
  }

  @Test
  void doesNotEchoASecret() {
    String secret = UUID.randomUUID().toString();
    post("grant_type=password&password=" + secret)
        .body("error_description", not(equalTo(secret)))
        .body("errors[0].message", not(equalTo(secret)));
  }

  /** Lets the time pass for which keys are remembered. */
  private void forgetKeys() {
    state.clock.advance(Duration.ofSeconds(3));
  }

  private void opens(String token) {
    asNobody()
        .header("Authorization", "Bearer " + token)
        .get("/v2/" + app + "/manifests/latest")
        .then()
        .statusCode(200);
  }

  private static String refreshToken(Callers caller) {
    return as(caller).get(TOKENS + "?offline_token=true").path("refresh_token");
  }

  private static String password(Callers caller) {
    return "grant_type=password&username=nologin&password=" + caller.secret();
  }

  private static String refresh(String token) {
    return "grant_type=refresh_token&client_id=docker&service=x&refresh_token=" + token;
  }

  private static ValidatableResponse post(String form) {
    return asNobody()
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(form)
        .post(TOKENS)
        .then();
  }

  private static void refused(ValidatableResponse answer) {
    answer
        .statusCode(401)
        .contentType("application/json")
        .body("errors[0].code", equalTo("UNAUTHORIZED"))
        .body("error", equalTo("invalid_grant"));
  }
}
