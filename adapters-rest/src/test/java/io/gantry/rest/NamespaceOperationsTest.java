package io.gantry.rest;

import static io.gantry.rest.Client.REGION;
import static io.gantry.rest.Client.as;
import static io.gantry.rest.Client.owner;
import static io.gantry.rest.TestRegistry.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.gantry.domain.namespace.Namespace;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The five operations on namespaces as clients see them. */
@QuarkusTest
final class NamespaceOperationsTest {
  private static final String NAMESPACES = REGION + "/namespaces";

  private final TestRegistry registry;

  NamespaceOperationsTest(TestRegistry registry) {
    this.registry = registry;
  }

  @Test
  void createsWithEveryKeyInTheContractsOrder() {
    String name = unique();

    Response answer =
        owner()
            .contentType("application/json; charset=utf-8")
            .body(
                "{'project_id':'%s','name':'%s','description':'d','is_public':true}"
                    .formatted(TestRegistry.PROJECT, name)
                    .replace('\'', '"'))
            .post(NAMESPACES);

    String id = answer.path("id");
    String now = Timestamps.write(registry.clock.instant());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.asString())
        .isEqualTo(
            ("{'id':'%s','name':'%s','description':'d','organization_id':'%s','project_id':'%s',"
                    + "'status':'ready','status_message':'',"
                    + "'endpoint':'registry.example:8080/%s','is_public':true,'size':0,"
                    + "'created_at':'%s','updated_at':'%s','image_count':0,'region':'fr-par'}")
                .formatted(
                    id, name, TestRegistry.ORGANIZATION, TestRegistry.PROJECT, name, now, now)
                .replace('\'', '"'));
    owner().get(NAMESPACES + "/" + id).then().body(equalTo(answer.asString()));
  }

  @Test
  void createsWithTheNameAlone() {
    String name = unique();

    owner()
        .body("{\"name\":\"" + name + "\"}")
        .post(NAMESPACES)
        .then()
        .statusCode(200)
        .body("description", equalTo(""))
        .body("is_public", equalTo(false))
        .body("project_id", equalTo(TestRegistry.PROJECT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'name':null}                                  | name        | required",
        "                                               | name        | required",
        "null                                           | name        | required",
        "{'name':''}                                    | name        | required",
        "{'name':'abc'}                                 | name        | constraint",
        "{'name':'Upper'}                               | name        | format",
        "{'name':'a_name'}                              | name        | format",
        "{'name':'-name'}                               | name        | format",
        "{'name':7}                                     | name        | format",
        "{'name':['demo']}                              | name        | format",
        "{'name':'demo\\u0000'}                         | name        | constraint",
        "{'name':'good','description':7}                | description | format",
        "{'name':'good','description':'\\u0000'}        | description | constraint",
        "{'name':'good','description':'\\ud800'}        | description | format",
        "{'name':'good','is_public':'yes'}              | is_public   | format",
        "{'name':'good','is_public':1}                  | is_public   | format",
        "{'name':'good','project_id':'1'}               | project_id  | format",
        "{'name':'good','project_id':'a','organization_id':'b'} | project_id | constraint",
        "{'name':'good'                                 | body        | format",
        "{'name':'good'} {}                             | body        | format",
        "['name']                                       | body        | format",
        "'name'                                         | body        | format",
        "name=good                                      | body        | format",
      })
  void refusesABodyThatCannotBeUsed(String body, String argument, String reason) {
    String json = body == null ? "" : body.replace('\'', '"');

    owner()
        .body(json)
        .post(NAMESPACES)
        .then()
        .statusCode(400)
        .contentType(equalTo("application/json"))
        .body("type", equalTo("invalid_arguments"))
        .body("message", equalTo("invalid argument(s)"))
        .body("details.argument_name", contains(argument))
        .body("details.reason", contains(reason));
  }

  @Test
  void refusesATakenName() {
    Namespace taken = registry.addNamespace();

    owner()
        .body("{\"name\":\"" + taken.name() + "\"}")
        .post(NAMESPACES)
        .then()
        .statusCode(409)
        .body("message", equalTo("Namespace already exist"))
        .body("type", equalTo("already_exists"));
  }

  @Test
  void refusesReservedNamesAndForeignProjects() {
    owner()
        .body("{\"name\":\"scwdemo\"}")
        .post(NAMESPACES)
        .then()
        .statusCode(403)
        .body(
            equalTo(
                "{\"details\":[{\"action\":\"write\",\"resource\":\"api_admin_namespace\"}],"
                    + "\"message\":\"insufficient permissions\",\"type\":\"permissions_denied\"}"));
    owner()
        .body(
            "{\"name\":\"" + unique() + "\",\"project_id\":\"" + TestRegistry.OTHER_PROJECT + "\"}")
        .post(NAMESPACES)
        .then()
        .statusCode(403)
        .body(
            equalTo(
                "{\"details\":[{\"action\":\"write\",\"resource\":\"api_namespace\"}],"
                    + "\"message\":\"insufficient permissions\",\"type\":\"permissions_denied\"}"));
  }

  @Test
  void takesABooleanWrittenAsAString() {
    owner()
        .body("{\"name\":\"" + unique() + "\",\"is_public\":\"true\",\"unknown\":{}}")
        .post(NAMESPACES)
        .then()
        .statusCode(200)
        .body("is_public", equalTo(true));
  }

  @Test
  void listsByExactNameWithAnExactCount() {
    Namespace namespace = registry.addNamespace();

    owner()
        .get(NAMESPACES + "?name=" + namespace.name() + "&order_by=created_at_asc&page=1")
        .then()
        .statusCode(200)
        .body("namespaces.id", contains(namespace.id().toString()))
        .body("namespaces.updated_at", contains("2026-01-01T00:00:00.123456Z"))
        .body("total_count", equalTo(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name=nobody-has-this",
        "name=%00",
        "name=NO%20NAME",
        "project_id=00000000-0000-4000-8000-000000000000",
        "organization_id=00000000-0000-4000-8000-000000000000",
        "project_id=" + TestRegistry.OTHER_PROJECT,
      })
  void listsNothingForFiltersThatMatchNothing(String query) {
    owner()
        .get(NAMESPACES + "?" + query)
        .then()
        .statusCode(200)
        .body(equalTo("{\"namespaces\":[],\"total_count\":0}"));
  }

  @Test
  void listsNothingPastTheEndButCounts() {
    Namespace namespace = registry.addNamespace();

    owner()
        .get(NAMESPACES + "?page=7&name=" + namespace.name())
        .then()
        .statusCode(200)
        .body(equalTo("{\"namespaces\":[],\"total_count\":1}"));
  }

  @ParameterizedTest
  @CsvSource({
    "?page=0,page",
    "?page_size=101,page_size",
    "?order_by=x,order_by",
    "?project_id=x,project_id",
    "/not-a-uuid,namespace_id"
  })
  void namesTheArgumentItCannotRead(String path, String argument) {
    owner()
        .get(NAMESPACES + path)
        .then()
        .statusCode(400)
        .body("details.argument_name", contains(argument));
  }

  @Test
  void changesOnlyWhatIsGiven() {
    Namespace namespace = registry.addNamespace();
    String path = NAMESPACES + "/" + namespace.id();

    owner()
        .body("{\"description\":null,\"is_public\":true}")
        .patch(path)
        .then()
        .statusCode(200)
        .body("is_public", equalTo(true))
        .body("description", equalTo(""))
        .body("updated_at", not(equalTo("2026-01-01T00:00:00.123456Z")));
    owner()
        .body("{\"description\":\"new\"}")
        .patch(path)
        .then()
        .body("is_public", equalTo(true))
        .body("description", equalTo("new"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "null"})
  void leavesEverythingAsItIsOnAnEmptyChange(String body) {
    Namespace namespace = registry.addNamespace();

    owner()
        .body(body)
        .patch(NAMESPACES + "/" + namespace.id())
        .then()
        .statusCode(200)
        .body("updated_at", equalTo("2026-01-01T00:00:00.123456Z"));
  }

  @Test
  void deletesAtOnceAndAgain() {
    Namespace namespace = registry.addNamespace();
    String path = NAMESPACES + "/" + namespace.id();

    String first =
        owner()
            .delete(path)
            .then()
            .statusCode(200)
            .body("status", equalTo("deleting"))
            .extract()
            .path("updated_at");
    registry.clock.advance(Duration.ofSeconds(1));
    owner()
        .delete(path)
        .then()
        .statusCode(200)
        .body("status", equalTo("deleting"))
        .body("updated_at", not(equalTo(first)));
    owner().get(path).then().body("status", equalTo("deleting"));
    owner()
        .body("{\"description\":\"new\"}")
        .patch(path)
        .then()
        .statusCode(409)
        .body("type", equalTo("transient_state"))
        .body("current_state", equalTo("deleting"));
    owner()
        .get(NAMESPACES + "?page_size=100")
        .then()
        .body("namespaces.id", hasItem(namespace.id().toString()));
  }

  @Test
  void answersUnknownAndHiddenAndForeignRegionsAlike() {
    Namespace namespace = registry.addNamespace();
    String absent = "{\"message\":\"Namespace was not found\"}";

    owner()
        .get(NAMESPACES + "/00000000-0000-4000-8000-000000000000")
        .then()
        .statusCode(404)
        .body(equalTo(absent));
    owner()
        .get("/registry/v1/regions/nl-ams/namespaces/" + namespace.id())
        .then()
        .statusCode(404)
        .body(equalTo(absent));
  }

  @Test
  void letsReadersReadOnly() {
    Namespace namespace = registry.addNamespace();
    String path = NAMESPACES + "/" + namespace.id();

    as(TestRegistry.READER).get(path).then().statusCode(200);
    as(TestRegistry.READER).delete(path).then().statusCode(403);
    as(TestRegistry.READER).body("{}").patch(path).then().statusCode(403);
  }
}
