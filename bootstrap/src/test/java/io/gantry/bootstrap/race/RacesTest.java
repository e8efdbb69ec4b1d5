package io.gantry.bootstrap.race;

import io.gantry.bootstrap.running.PostgresTestResource;
import io.gantry.bootstrap.running.RunningGantry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.NullUnmarked;

/** Races within one process. */
@QuarkusTest
@RunningGantry
@NullUnmarked // the framework fills the fields
final class RacesTest extends RacesContract {
  @TestHTTPResource URI root;

  @ConfigProperty(name = "gantry.data-dir")
  Path data;

  @Override
  protected Replicas replicas() {
    return new Replicas(List.of(root), PostgresTestResource.SECRET_KEY, data.resolve("blobs"));
  }
}
