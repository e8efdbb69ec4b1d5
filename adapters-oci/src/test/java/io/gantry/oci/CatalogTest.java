package io.gantry.oci;

import static io.gantry.oci.Registry.as;
import static io.gantry.oci.Registry.asNobody;
import static io.gantry.oci.Registry.asOwner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.gantry.domain.image.Visibility;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listing repositories; the server's own page here holds five. */
@QuarkusTest
final class CatalogTest {
  private final Registry registry;
  private String hidden;
  private String open;

  CatalogTest(Registry registry) {
    this.registry = registry;
  }

  @BeforeEach
  void pushImages() {
    this.hidden = registry.namespace();
    this.open = registry.namespace();
    registry.publish(open);
    for (String image : List.of("b", "a", "a/c")) {
      var _ = Registry.pushImage(hidden + "/" + image, "v1", "layer");
    }
    var _ = Registry.pushImage(open + "/app", "v1", "layer");
  }

  @Test
  void showsAKeyItsOwnProjectsAndWhatIsPublic() {
    List<String> own = all(Registry::asOwner);
    assertThat(own).contains(hidden + "/a", hidden + "/a/c", hidden + "/b", open + "/app");
    assertThat(own).doesNotHaveDuplicates();
    assertThat(all(() -> as(Callers.READER))).containsExactlyElementsOf(own);

    List<String> others = all(() -> as(Callers.STRANGER));
    assertThat(others).contains(open + "/app");
    assertThat(others).noneMatch(name -> name.startsWith(hidden));
  }

  @Test
  void followsWhatAnImageSaysOfItself() {
    registry.show(open, Visibility.PRIVATE);
    registry.show(hidden, Visibility.PUBLIC);

    List<String> others = all(() -> as(Callers.STRANGER));

    assertThat(others).contains(hidden + "/a").doesNotContain(open + "/app");
  }

  @Test
  void asksNobodyToLogInAndThenShowsWhatIsPublic() {
    Response asked = asNobody().get("/v2/_catalog");
    assertThat(asked.statusCode()).isEqualTo(401);
    assertThat(asked.header("WWW-Authenticate"))
        .startsWith("Bearer realm=")
        .endsWith(",scope=\"registry:catalog:*\"");

    List<String> names = all(() -> withToken(asNobody(), "registry:catalog:*"));

    assertThat(names).contains(open + "/app").noneMatch(name -> name.startsWith(hidden));
  }

  @Test
  void showsATokenOnlyWhatItIsFor() {
    assertThat(all(() -> withToken(asOwner(), "registry:catalog:*"))).contains(hidden + "/a");
    Response refused = withToken(asOwner(), "repository:" + hidden + "/a:pull").get("/v2/_catalog");
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.header("WWW-Authenticate"))
        .contains("scope=\"registry:catalog:*\",error=\"insufficient_scope\"");
  }

  @Test
  void aTokenForTheCatalogPullsNothing() {
    withToken(asOwner(), "registry:catalog:*")
        .get("/v2/" + hidden + "/a/manifests/v1")
        .then()
        .statusCode(401);
  }

  @Test
  void listsNoneAsAnEmptyList() {
    asOwner().get("/v2/_catalog?n=0").then().statusCode(200).body(equalTo("{\"repositories\":[]}"));
    asOwner().get("/v2/_catalog?last=~").then().body(equalTo("{\"repositories\":[]}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"n=-1", "n=x", "last=%00", "n="})
  void refusesWhatIsNoPage(String query) {
    asOwner().get("/v2/_catalog?" + query).then().statusCode(400);
  }

  @Test
  void answersAHeadWithTheTrueLength() {
    String path = "/v2/_catalog?n=1&last=" + hidden;
    int length = asOwner().get(path).asByteArray().length;
    assertThat(asOwner().head(path).headers().getValues("Content-Length"))
        .containsExactly(String.valueOf(length));
  }

  @Test
  void hasNoOtherMethod() {
    asOwner().post("/v2/_catalog").then().statusCode(405);
    asOwner().delete("/v2/_catalog").then().statusCode(405);
  }

  private static RequestSpecification withToken(RequestSpecification caller, String scope) {
    String token =
        caller
            .get("/registry-internal/v1/regions/fr-par/tokens?scope=" + scope)
            .then()
            .statusCode(200)
            .extract()
            .path("token");
    return asNobody().header("Authorization", "Bearer " + token);
  }

  /** Every name, by following links of pages of three. */
  private static List<String> all(Supplier<RequestSpecification> caller) {
    List<String> names = new ArrayList<>();
    @Nullable String next = "/v2/_catalog?n=3";
    while (next != null) {
      Response page = caller.get().get(next);
      assertThat(page.statusCode()).isEqualTo(200);
      List<String> some = page.path("repositories");
      assertThat(some).hasSizeBetween(1, 3);
      names.addAll(some);
      String link = page.header("Link");
      next = link == null ? null : link.replaceAll("<(.*)>; rel=\"next\"", "$1");
    }
    return names;
  }
}
