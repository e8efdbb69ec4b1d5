package io.gantry.oci;

import static io.gantry.oci.Registry.asOwner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Listing tags by pages; the server's own page here holds five. */
@QuarkusTest
final class TagListTest {
  private final Registry registry;
  private String namespace;
  private String app;

  TagListTest(Registry registry) {
    this.registry = registry;
  }

  @BeforeEach
  void pushTags() {
    this.namespace = registry.namespace();
    this.app = namespace + "/app";
    for (String tag : new String[] {"b", "a", "B", "_x", "a-1", "a1", "1.0"}) {
      var _ = Registry.pushImage(app, tag, "layer");
    }
  }

  @Test
  void listsAPageInBytewiseOrder() {
    list("")
        .contentType("application/json")
        .header("Docker-Distribution-Api-Version", "registry/2.0")
        .body("name", equalTo(app))
        .body("tags", contains("1.0", "B", "_x", "a", "a-1"))
        .header("Link", "</v2/" + app + "/tags/list?n=5&last=a-1>; rel=\"next\"");
  }

  @ParameterizedTest
  @CsvSource({
    "?n=2, 1.0 B, '?n=2&last=B'",
    "?n=2&last=B, _x a, '?n=2&last=a'",
    "?n=2&last=a1, b,",
    "?n=2&last=a0, a1 b,",
    "?last=a-1, a1 b,",
    "?n=7, 1.0 B _x a a-1, '?n=5&last=a-1'",
    "?n=999999999999999999, 1.0 B _x a a-1, '?n=5&last=a-1'"
  })
  void continuesFromTheLastOne(String query, String tags, @Nullable String next) {
    list(query)
        .body("tags", contains(tags.split(" ", -1)))
        .header(
            "Link",
            next == null
                ? nullValue()
                : equalTo("</v2/" + app + "/tags/list" + next + ">; rel=\"next\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"?n=0", "?n=0&last=a", "?last=zzz", "?n=3&last=b"})
  void listsNoneAsAnEmptyList(String query) {
    list(query).body("tags", empty()).header("Link", nullValue());
  }

  @Test
  void visitsEveryTagOnceByFollowingLinks() {
    String query = "?n=3";
    int seen = 0;
    while (true) {
      var answer = list(query).extract();
      seen += answer.<List<String>>path("tags").size();
      String link = answer.header("Link");
      if (link == null) break;
      query = link.replaceAll(".*(\\?[^>]*)>.*", "$1");
    }
    assertThat(seen).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?n=-1",
        "?n=x",
        "?n=",
        "?n=1.5",
        "?n=9999999999999999999999",
      })
  void refusesWhatIsNoPage(String query) {
    asOwner()
        .get("/v2/" + app + "/tags/list" + query)
        .then()
        .statusCode(400)
        .body("errors[0].code", notNullValue());
  }

  @Test
  void answersAHeadWithTheTrueLength() {
    String path = "/v2/" + app + "/tags/list?n=2";
    int length = asOwner().get(path).asByteArray().length;
    assertThat(asOwner().head(path).headers().getValues("Content-Length"))
        .containsExactly(String.valueOf(length));
  }

  @Test
  void findsNoListOfWhatIsNotThere() {
    asOwner()
        .get("/v2/" + namespace + "/other/tags/list")
        .then()
        .statusCode(404)
        .body("errors[0].code", equalTo("NAME_UNKNOWN"));
  }

  private ValidatableResponse list(String query) {
    return asOwner().get("/v2/" + app + "/tags/list" + query).then().statusCode(200);
  }
}
