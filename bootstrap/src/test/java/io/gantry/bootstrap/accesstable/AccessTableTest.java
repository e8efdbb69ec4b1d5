package io.gantry.bootstrap.accesstable;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.bootstrap.accesstable.Row.Face;
import io.gantry.bootstrap.accesstable.Row.Route;
import io.gantry.bootstrap.running.RunningGantry;
import io.gantry.oci.route.OciPath;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** {@code docs/access.md} says what the server does, about all that it does. */
@QuarkusTest
@RunningGantry
final class AccessTableTest {
  private static final int SHOWN = 40;

  private final int port =
      ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);

  @Test
  void namesEveryRoute() throws Exception {
    AccessTable table = AccessTable.read();

    Set<String> resources = keys(table, AccessTableTest::key, Face.REST, Face.OCI);
    assertThat(resources).containsAll(CodeRoutes.resources());
    Set<String> dataPlane = keys(table, AccessTableTest::dataPlaneKey, Face.OCI);
    dataPlane.remove("");
    assertThat(dataPlane).isEqualTo(CodeRoutes.dataPlane());
    try (var grpc = new Grpc(port)) {
      Set<String> methods = keys(table, Route::path, Face.GRPC);
      assertThat(methods).isEqualTo(grpc.methods());
    }
  }

  @Test
  void answersAsDocumented() throws Exception {
    AccessTable table = AccessTable.read();
    var http = new Http(port);
    try (var grpc = new Grpc(port)) {
      var walk = new Walk(table, http, grpc, new World(http, new Keys(http)));
      walk.walk();
      assertThat(walk.failures()).as(() -> summary(walk.failures())).isEmpty();
      System.out.printf(
          "access: %,d cases over REST, gRPC and OCI, %,d of them compared with absent things, all"
              + " as documented%n",
          walk.cases(), walk.comparisons());
    }
  }

  private static String summary(List<String> failures) {
    return failures.size() + " failures\n" + failures.stream().limit(SHOWN).collect(joining("\n"));
  }

  private static Set<String> keys(AccessTable table, Function<Route, String> key, Face... faces) {
    return table.rows().stream()
        .filter(row -> List.of(faces).contains(row.face()))
        .flatMap(row -> row.routes().stream())
        .map(key)
        .collect(toCollection(TreeSet::new));
  }

  private static String key(Route route) {
    return route.method() + " " + CodeRoutes.anonymous(route.pathWithoutQuery());
  }

  /** Empty if it is not the data plane's. */
  private static String dataPlaneKey(Route route) {
    if (!route.path().startsWith("/v2")) return "";
    return route.method()
        + " "
        + OciPath.parse(route.pathWithoutQuery()).getClass().getSimpleName();
  }
}
