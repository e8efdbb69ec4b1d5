package io.gantry.rest;

import static io.gantry.rest.Client.REGION;
import static io.gantry.rest.Client.anonymous;
import static io.gantry.rest.Client.as;
import static io.gantry.rest.Client.owner;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.gantry.domain.access.PoisonedKeyRepository;
import io.gantry.rest.error.RestErrors;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** What holds for every answer, whatever was asked: headers, authentication, stray input. */
@QuarkusTest
final class EveryAnswerTest {
  private static final String NAMESPACES = REGION + "/namespaces";
  private static final String UUID_PATTERN =
      "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}";

  @ParameterizedTest
  @CsvSource({
    "GET,    /registry/v1/regions/fr-par/namespaces,   200",
    "POST,   /registry/v1/regions/fr-par/namespaces,   400",
    "GET,    /registry/v1/regions/fr-par/namespaces/x, 400",
    "GET,    /registry/v1/regions/xx-xxx/namespaces,   400",
    "GET,    /registry/v1/regions/fr-par/nothing,      404",
    "GET,    /registry/v1,                             404",
    "GET,    /registry/v2/regions/fr-par/namespaces,   404",
    "GET,    /registry/v1/regions/fr-par/tags,         404",
    "PUT,    /registry/v1/regions/fr-par/namespaces,   405",
    "POST,   /registry/v1/regions/fr-par/images,       405",
  })
  void hasTheSameHeadersAndAJsonObject(String method, String path, int status) {
    Response answer = owner().request(method, path);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertHeaders(answer);
    assertThat(answer.jsonPath().getMap("")).isNotEmpty();
  }

  @Test
  void namesTheAllowedMethods() {
    contract()
        .forEach(
            (path, operations) -> {
              Response answer = owner().put(concrete(path));
              assertThat(answer.statusCode()).isEqualTo(405);
              assertThat(List.of(answer.header("Allow").split(", ", -1)))
                  .extracting(method -> method.toLowerCase(Locale.ROOT))
                  .containsExactlyInAnyOrderElementsOf(operations.keySet());
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/xml", "*/*", "application/json;q=0.1", "x"})
  void givesJsonWhateverIsAccepted(String accept) {
    Response answer = owner().header("Accept", accept).get(NAMESPACES);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertHeaders(answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json; charset=utf-8",
        "text/plain",
        "application/x-www-form-urlencoded"
      })
  void readsABodyWhateverItsTypeSays(String contentType) {
    owner()
        .header("Content-Type", contentType)
        .body("{\"name\":\"" + TestRegistry.unique() + "\"}")
        .post(NAMESPACES)
        .then()
        .statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "null", "not json"})
  void ignoresABodyWhereNoneBelongs(String body) {
    owner().body(body).get(NAMESPACES).then().statusCode(200);
    owner()
        .header("Content-Type", "application/json")
        .body(body)
        .get(NAMESPACES)
        .then()
        .statusCode(200);
    owner()
        .body(body)
        .delete(REGION + "/tags/00000000-0000-4000-8000-000000000000")
        .then()
        .statusCode(404);
  }

  @Test
  void refusesABodyBeyondTheLimit() {
    String large =
        "{\"name\":\"demo\",\"padding\":\"" + "x".repeat(TestRegistry.BODY_LIMIT) + "\"}";

    Response answer = owner().body(large).post(NAMESPACES);

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.asString())
        .isEqualTo("{\"message\":\"the body is larger than the limit of 1048576 bytes\"}");
    assertHeaders(answer);
  }

  @Test
  void refusesABodyNestedTooDeep() {
    owner()
        .body("{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}")
        .post(NAMESPACES)
        .then()
        .statusCode(400)
        .body("details.argument_name", contains("body"));
  }

  @Test
  void refusesABodyThatIsNotUnicode() {
    owner()
        .body(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'})
        .post(NAMESPACES)
        .then()
        .statusCode(400)
        .body("details.argument_name", contains("body"));
  }

  @ParameterizedTest
  @CsvSource({
    "'',                                   invalid_argument",
    "secret,                               invalid_argument",
    "00000000-0000-4000-8000-000000000000, not_found",
    TestRegistry.EXPIRED + ",              expired",
  })
  void refusesCallersWithoutAGoodKey(String secret, String reason) {
    Response answer = as(secret).get(NAMESPACES);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.asString()).isEqualTo(denied(reason));
    assertHeaders(answer);
  }

  @Test
  void refusesCallersWhoSayNothingBeforeLookingAtAnythingElse() {
    for (String path : List.of("/namespaces", "/namespaces/x", "/images?page=0", "/tags/x")) {
      anonymous()
          .get(REGION + path)
          .then()
          .statusCode(401)
          .body(equalTo(denied("invalid_argument")));
    }
    anonymous()
        .header("Authorization", "Bearer " + TestRegistry.OWNER)
        .get(NAMESPACES)
        .then()
        .statusCode(401);
  }

  @Test
  void tellsNothingOfABugButLogsItUnderTheRequestId() {
    List<LogRecord> records = Collections.synchronizedList(new ArrayList<>());
    Handler handler = handler(records);
    Logger logger = Logger.getLogger(RestErrors.class.getName());
    logger.addHandler(handler);
    Response answer;
    try {
      answer = as(TestRegistry.POISONED).get(NAMESPACES);
    } finally {
      logger.removeHandler(handler);
    }

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.asString()).isEqualTo("{\"message\":\"internal error\"}");
    assertHeaders(answer);
    assertThat(records).hasSize(1);
    assertThat(records.getFirst().getThrown()).hasMessage(PoisonedKeyRepository.MESSAGE);
    assertThat(((ExtLogRecord) records.getFirst()).getMdc("requestId"))
        .isEqualTo(answer.header("X-Request-Id"));
  }

  @Test
  void hasARouteForEveryOperationOfTheContract() {
    contract()
        .forEach(
            (path, operations) ->
                operations
                    .keySet()
                    .forEach(
                        method ->
                            anonymous()
                                .request(method.toUpperCase(Locale.ROOT), concrete(path))
                                .then()
                                .statusCode(401)
                                .body("type", equalTo("denied_authentication"))
                                .header("WWW-Authenticate", nullValue())));
  }

  private static String concrete(String path) {
    return path.replace("{region}", "fr-par").replaceAll("\\{[a-z_]+}", "x");
  }

  private static Map<String, Map<String, Object>> contract() {
    InputStream file = EveryAnswerTest.class.getResourceAsStream("/META-INF/openapi.yaml");
    Map<String, Map<String, Map<String, Object>>> document = new Yaml().load(file);
    Map<String, Map<String, Object>> paths = requireNonNull(document.get("paths"));
    assertThat(paths.values().stream().mapToInt(Map::size).sum()).isEqualTo(12);
    return paths;
  }

  private static void assertHeaders(Response answer) {
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.header("X-Request-Id")).matches(UUID_PATTERN);
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(answer.header("Content-Security-Policy"))
        .isEqualTo("default-src 'none'; frame-ancestors 'none'");
    assertThat(answer.header("Content-Length"))
        .isEqualTo(String.valueOf(answer.asByteArray().length));
    assertThat(answer.header("X-Total-Count")).isNull();
    assertThat(answer.header("Strict-Transport-Security")).isNull();
  }

  private static String denied(String reason) {
    return "{\"message\":\"authentication is denied\",\"method\":\"api_key\",\"reason\":\""
        + reason
        + "\",\"type\":\"denied_authentication\"}";
  }

  private static Handler handler(List<LogRecord> records) {
    return new Handler() {
      @Override
      public void publish(LogRecord one) {
        ((ExtLogRecord) one).copyMdc();
        records.add(one);
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}
