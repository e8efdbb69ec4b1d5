package io.gantry.bootstrap.running;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Writers of one tag at the same time, against the real database. */
@QuarkusTest
@RunningGantry
final class TagRaceTest {
  private static final String INDEX = "application/vnd.oci.image.index.v1+json";
  private static final int WRITERS = 8;
  private static final int ROUNDS = 5;

  @Test
  void letsExactlyOneMakeTheTagAndExactlyOneMoveIt() throws Exception {
    String namespace = "ns-" + UUID.randomUUID();
    given()
        .header("X-Auth-Token", PostgresTestResource.SECRET_KEY)
        .contentType("application/json")
        .body("{\"name\":\"%s\"}".formatted(namespace))
        .post("/registry/v1/regions/fr-par/namespaces")
        .then()
        .statusCode(200);
    String tag = "/v2/" + namespace + "/app/manifests/v1";

    race(tag, "If-None-Match", "*", 0);
    for (int round = 1; round <= ROUNDS; round++) {
      String seen = asOwner().head(tag).header("ETag");
      race(tag, "If-Match", seen, round);
      assertThat(asOwner().head(tag).header("ETag")).isNotEqualTo(seen);
    }
  }

  private static void race(String tag, String header, String condition, int round)
      throws InterruptedException {
    List<Callable<Integer>> pushes =
        IntStream.range(0, WRITERS)
            .<Callable<Integer>>mapToObj(
                i -> () -> push(tag, header, condition, index(round * WRITERS + i)))
            .toList();
    try (ExecutorService executor = Executors.newFixedThreadPool(WRITERS)) {
      List<Integer> statuses =
          executor.invokeAll(pushes).stream().map(Future::resultNow).sorted().toList();
      assertThat(statuses).hasSize(WRITERS).startsWith(201, 412).endsWith(412);
      assertThat(statuses.stream().filter(status -> status == 201)).hasSize(1);
    }
  }

  private static int push(String tag, String header, String condition, String document) {
    return asOwner()
        .header(header, condition)
        .contentType(INDEX)
        .body(document.getBytes(UTF_8))
        .put(tag)
        .statusCode();
  }

  private static String index(int number) {
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[],\"n\":%d}"
        .formatted(INDEX, number);
  }

  private static RequestSpecification asOwner() {
    return given().auth().preemptive().basic("nologin", PostgresTestResource.SECRET_KEY);
  }
}
