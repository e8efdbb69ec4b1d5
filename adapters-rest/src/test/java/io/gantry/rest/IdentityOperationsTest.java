package io.gantry.rest;

import static io.gantry.rest.Client.anonymous;
import static io.gantry.rest.Client.as;
import static io.gantry.rest.TestRegistry.ADMINISTRATOR;
import static io.gantry.rest.TestRegistry.MANAGER;
import static io.gantry.rest.TestRegistry.ORGANIZATION;
import static io.gantry.rest.TestRegistry.OTHER_ORGANIZATION;
import static io.gantry.rest.TestRegistry.OWNER;
import static io.gantry.rest.TestRegistry.PROJECT;
import static io.gantry.rest.TestRegistry.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.gantry.domain.namespace.NamespaceId;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Projects, API keys, applications and policies as clients see them. */
@QuarkusTest
final class IdentityOperationsTest {
  private static final String PROJECTS = "/account/v3/projects";
  private static final String KEYS = "/iam/v1alpha1/api-keys";
  private static final String APPLICATIONS = "/iam/v1alpha1/applications";
  private static final String POLICIES = "/iam/v1alpha1/policies";
  private static final String RULES = "/iam/v1alpha1/rules";
  private static final String FULL = "ContainerRegistryFullAccess";

  private final TestRegistry registry;

  IdentityOperationsTest(TestRegistry registry) {
    this.registry = registry;
  }

  @Test
  void makesReadsChangesAndDeletesAProject() {
    Response made = post(ADMINISTRATOR, PROJECTS, "{'name':'p','description':'d'}");
    String id = made.path("id");
    String now = Timestamps.write(registry.clock.instant());

    assertThat(made.statusCode()).isEqualTo(200);
    assertThat(made.asString())
        .isEqualTo(
            json(
                "{'id':'%s','name':'p','organization_id':'%s','created_at':'%s','updated_at':'%s',"
                    + "'description':'d','qualification':null}",
                id, ORGANIZATION, now, now));
    as(ADMINISTRATOR).get(PROJECTS + "/" + id).then().body(equalTo(made.asString()));
    as(ADMINISTRATOR)
        .get(PROJECTS + "?project_ids=" + id + "&name=p&organization_id=" + ORGANIZATION)
        .then()
        .body(equalTo("{\"total_count\":1,\"projects\":[" + made.asString() + "]}"));
    as(ADMINISTRATOR)
        .body("{\"name\":\"q\"}")
        .patch(PROJECTS + "/" + id)
        .then()
        .statusCode(200)
        .body("name", equalTo("q"))
        .body("description", equalTo("d"));

    Response deleted = as(ADMINISTRATOR).delete(PROJECTS + "/" + id);
    assertThat(deleted.statusCode()).isEqualTo(204);
    assertThat(deleted.asString()).isEmpty();
    Response gone = as(ADMINISTRATOR).get(PROJECTS + "/" + id);
    assertThat(gone.statusCode()).isEqualTo(404);
    assertThat(gone.asString())
        .isEqualTo(
            json(
                "{'message':'resource is not found','resource':'project_id','resource_id':'%s',"
                    + "'type':'not_found'}",
                id));
  }

  @Test
  void aKeyShowsItsSecretOnceAndHasTheRightsOfItsApplication() {
    String application = application();
    Response made =
        post(ADMINISTRATOR, KEYS, "{'application_id':'" + application + "','description':'ci'}");
    String accessKey = made.path("access_key");
    String secret = made.path("secret_key");
    String now = Timestamps.write(registry.clock.instant());
    String shown =
        json(
            "{'access_key':'%s','secret_key':'%s','description':'ci','created_at':'%s',"
                + "'updated_at':'%s','expires_at':null,'default_project_id':'%s','editable':true,"
                + "'deletable':true,'managed':false,'creation_ip':'','application_id':'%s',"
                + "'last_used_at':null}",
            accessKey, secret, now, now, PROJECT, application);

    assertThat(made.statusCode()).isEqualTo(200);
    assertThat(made.asString()).isEqualTo(shown);
    as(ADMINISTRATOR)
        .get(KEYS + "/" + accessKey)
        .then()
        .body(equalTo(shown.replace("\"" + secret + "\"", "null")));
    as(secret).get(Client.REGION + "/namespaces").then().body("total_count", equalTo(0));

    String policy = policy(application, FULL).path("id");
    registry.clock.advance(Duration.ofSeconds(3));
    as(secret)
        .body("{\"name\":\"" + TestRegistry.unique() + "\"}")
        .post(Client.REGION + "/namespaces")
        .then()
        .statusCode(200);

    as(ADMINISTRATOR).delete(POLICIES + "/" + policy).then().statusCode(204);
    registry.clock.advance(Duration.ofSeconds(3));
    as(secret).get(Client.REGION + "/namespaces").then().body("total_count", equalTo(0));

    as(ADMINISTRATOR).delete(KEYS + "/" + accessKey).then().statusCode(204);
    registry.clock.advance(Duration.ofSeconds(3));
    as(secret)
        .get(Client.REGION + "/namespaces")
        .then()
        .statusCode(401)
        .body("reason", equalTo("not_found"));
  }

  @Test
  void aKeyIsRefusedFromItsExpiryOn() {
    String body =
        "{'application_id':'%s','expires_at':'%s'}"
            .formatted(application(), registry.clock.instant().plusSeconds(60));
    String secret = post(ADMINISTRATOR, KEYS, body).path("secret_key");

    as(secret).get(Client.REGION + "/namespaces").then().statusCode(200);
    registry.clock.advance(Duration.ofSeconds(60));
    as(secret)
        .get(Client.REGION + "/namespaces")
        .then()
        .statusCode(401)
        .body("reason", equalTo("expired"));
  }

  @Test
  void aPolicyAndItsRulesHaveTheFormClientsRead() {
    String application = application();
    Response made = policy(application, FULL);
    String id = made.path("id");
    String now = Timestamps.write(registry.clock.instant());

    assertThat(made.asString())
        .isEqualTo(
            json(
                "{'id':'%s','name':'p','description':'','organization_id':'%s','created_at':'%s',"
                    + "'updated_at':'%s','editable':true,'deletable':true,'managed':false,"
                    + "'nb_rules':1,'nb_scopes':1,'nb_permission_sets':1,'tags':[],"
                    + "'application_id':'%s'}",
                id, ORGANIZATION, now, now, application));
    Response rules = as(ADMINISTRATOR).get(RULES + "?policy_id=" + id);
    assertThat(rules.asString())
        .isEqualTo(
            json(
                "{'rules':[{'id':'%s','permission_set_names':['%s'],"
                    + "'permission_sets_scope_type':'projects','condition':'',"
                    + "'project_ids':['%s']}],'total_count':1}",
                rules.path("rules[0].id"), FULL, PROJECT));

    as(ADMINISTRATOR)
        .body(
            json(
                "{'policy_id':'%s','rules':[{'permission_set_names':['IAMManager'],"
                    + "'organization_id':'%s'}]}",
                id, ORGANIZATION))
        .put(RULES)
        .then()
        .statusCode(200)
        .body("rules.permission_sets_scope_type", contains("organization"))
        .body("rules[0].organization_id", equalTo(ORGANIZATION));
  }

  @Test
  void whoManagesIdentityCannotGiveWhatTheyDoNotHold() {
    String application = application();

    assertDenied(policy(MANAGER, application, FULL));
    String held = policy(ADMINISTRATOR, application, FULL).path("id");
    assertDenied(post(MANAGER, KEYS, "{'application_id':'" + application + "'}"));
    String other = post(MANAGER, APPLICATIONS, "{'name':'mine'}").path("id");
    assertDenied(
        as(MANAGER).body("{\"application_id\":\"" + other + "\"}").patch(POLICIES + "/" + held));
    String accessKey =
        post(ADMINISTRATOR, KEYS, "{'application_id':'" + application + "'}").path("access_key");
    assertDenied(as(MANAGER).body("{\"description\":\"x\"}").patch(KEYS + "/" + accessKey));
  }

  @ParameterizedTest
  @ValueSource(strings = {PROJECTS, APPLICATIONS})
  void whoMayOnlyUseTheRegistryMayAddNothing(String path) {
    assertDenied(post(OWNER, path, "{'name':'x'}"));
  }

  @Test
  void anotherOrganizationDoesNotExist() {
    String project = post(ADMINISTRATOR, PROJECTS, "{'name':'p'}").path("id");
    String application = application();
    String policy = policy(application, FULL).path("id");

    for (String path :
        new String[] {
          PROJECTS + "/" + project,
          APPLICATIONS + "/" + application,
          POLICIES + "/" + policy,
          KEYS + "/SCWADMINXXXXXXXXXXXX"
        }) {
      as(STRANGER).get(path).then().statusCode(404);
      as(STRANGER).body("{}").patch(path).then().statusCode(404);
      as(STRANGER).delete(path).then().statusCode(404);
      anonymous().get(path).then().statusCode(401);
    }
    as(STRANGER)
        .get(PROJECTS + "?organization_id=" + ORGANIZATION)
        .then()
        .body("total_count", equalTo(0));
    as(STRANGER)
        .get(KEYS)
        .then()
        .body("api_keys.access_key", everyItem(equalTo("SCWSTRANGERXXXXXXXXX")));
    assertThat(
            post(
                    ADMINISTRATOR,
                    PROJECTS,
                    "{'name':'x','organization_id':'" + OTHER_ORGANIZATION + "'}")
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void seesOnlyItsOwnKeyAndItsProjectWithoutTheRightToManage() {
    as(OWNER).get(KEYS).then().body("api_keys.access_key", contains("SCWOWNERXXXXXXXXXXXX"));
    as(OWNER).get(PROJECTS).then().body("projects.id", contains(PROJECT));
    as(OWNER).get(POLICIES).then().body("total_count", equalTo(0));
    assertDenied(as(OWNER).body("{\"name\":\"x\"}").patch(PROJECTS + "/" + PROJECT));
  }

  @Test
  void whatComesFromConfigurationIsListedAndStays() {
    as(ADMINISTRATOR)
        .get(KEYS + "/SCWOWNERXXXXXXXXXXXX")
        .then()
        .body("editable", equalTo(false))
        .body("secret_key", nullValue());
    for (Response refused :
        new Response[] {
          as(ADMINISTRATOR).delete(KEYS + "/SCWOWNERXXXXXXXXXXXX"),
          as(ADMINISTRATOR).delete(PROJECTS + "/" + PROJECT),
          as(ADMINISTRATOR).body("{\"name\":\"x\"}").patch(PROJECTS + "/" + PROJECT)
        }) {
      assertThat(refused.statusCode()).isEqualTo(412);
      assertThat(refused.asString())
          .isEqualTo(
              "{\"help_message\":\"it comes from the server's configuration and is changed there,"
                  + " not over the API\",\"message\":\"precondition is not respected\","
                  + "\"precondition\":\"protected_resource\",\"type\":\"precondition_failed\"}");
    }
    String bearer = as(ADMINISTRATOR).get(KEYS + "/SCWOWNERXXXXXXXXXXXX").path("application_id");
    as(ADMINISTRATOR)
        .get(POLICIES + "?application_ids=" + bearer)
        .then()
        .body("total_count", equalTo(1))
        .body("policies[0].editable", equalTo(false));
    assertThat(post(ADMINISTRATOR, KEYS, "{'application_id':'" + bearer + "'}").statusCode())
        .isEqualTo(412);
  }

  @Test
  void aProjectThatHoldsNamespacesStays() {
    String project = post(ADMINISTRATOR, PROJECTS, "{'name':'full'}").path("id");
    String namespace =
        post(
                ADMINISTRATOR,
                Client.REGION + "/namespaces",
                "{'name':'" + TestRegistry.unique() + "','project_id':'" + project + "'}")
            .path("id");

    as(ADMINISTRATOR)
        .delete(PROJECTS + "/" + project)
        .then()
        .statusCode(412)
        .body("precondition", equalTo("resource_still_in_use"));
    as(ADMINISTRATOR).delete(Client.REGION + "/namespaces/" + namespace).then().statusCode(200);
    as(ADMINISTRATOR)
        .delete(PROJECTS + "/" + project)
        .then()
        .statusCode(412)
        .body("precondition", equalTo("resource_not_usable"));
    registry.catalogue.run(
        () -> registry.memory.namespaces.remove(new NamespaceId(UUID.fromString(namespace))));
    as(ADMINISTRATOR).delete(PROJECTS + "/" + project).then().statusCode(204);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/account/v3/projects        | {}                                         | name",
        "/account/v3/projects        | {'name':1}                                 | name",
        "/account/v3/projects        | {'name':'x','organization_id':'y'}         | organization_id",
        "/iam/v1alpha1/api-keys      | {}                                         | application_id",
        "/iam/v1alpha1/api-keys      | {'user_id':'x'}                            | user_id",
        "/iam/v1alpha1/applications  | {'name':'x','tags':'y'}                    | tags",
        "/iam/v1alpha1/applications  | {'name':'x','tags':['']}                   | tags",
        "/iam/v1alpha1/policies      | {'name':'x'}                               | application_id",
        "/iam/v1alpha1/policies      | {'name':'x','no_principal':true,'rules':1} | rules",
        "/iam/v1alpha1/policies | {'name':'x','no_principal':true,'rules':[{'condition':'1 == 1'}]}"
            + " | rules.condition",
        "/iam/v1alpha1/policies | {'name':'x','no_principal':true,'rules':[{'permission_set_names':"
            + "['Root']}]} | rules.permission_set_names",
        "/iam/v1alpha1/policies | {'name':'x','no_principal':true,'rules':[{'permission_set_names':"
            + "['IAMManager'],'project_ids':['"
            + PROJECT
            + "']}]} | rules.project_ids",
      })
  void refusesWhatCannotBeMeant(String path, String body, String argument) {
    post(ADMINISTRATOR, path, body)
        .then()
        .statusCode(400)
        .body("type", equalTo("invalid_arguments"))
        .body("details.argument_name", contains(argument));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2020-01-01T00:00:00Z", "soon", "+999999999-01-01T00:00:00Z"})
  void refusesAnExpiryThatIsNoTimeToCome(String expiry) {
    post(
            ADMINISTRATOR,
            KEYS,
            "{'application_id':'%s','expires_at':'%s'}".formatted(application(), expiry))
        .then()
        .statusCode(400)
        .body("details.argument_name", contains("expires_at"));
  }

  @Test
  void listsPermissionSetsToEverybody() {
    as(OWNER)
        .get("/iam/v1alpha1/permission-sets")
        .then()
        .body("total_count", equalTo(6))
        .body("permission_sets.name", hasItem("IAMManager"))
        .body("permission_sets.name", not(hasItem("InstancesFullAccess")));
  }

  private static String application() {
    return post(ADMINISTRATOR, APPLICATIONS, "{'name':'ci'}").path("id");
  }

  private static Response policy(String application, String set) {
    return policy(ADMINISTRATOR, application, set);
  }

  private static Response policy(String secret, String application, String set) {
    return post(
        secret,
        POLICIES,
        "{'name':'p','application_id':'%s','rules':[{'permission_set_names':['%s'],'project_ids':['%s']}]}"
            .formatted(application, set, PROJECT));
  }

  private static void assertDenied(Response answer) {
    assertThat(answer.statusCode()).isEqualTo(403);
    answer.then().body("type", equalTo("permissions_denied"));
  }

  private static Response post(String secret, String path, String body) {
    return as(secret).body(body.replace('\'', '"')).post(path);
  }

  // The annotation that is asked for is in a library that tests do not have.
  @SuppressWarnings("AnnotateFormatMethod")
  private static String json(String form, Object... values) {
    return form.formatted(values).replace('\'', '"');
  }
}
