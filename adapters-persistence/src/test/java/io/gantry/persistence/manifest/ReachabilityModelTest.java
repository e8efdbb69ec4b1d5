package io.gantry.persistence.manifest;

import io.gantry.domain.Catalogue;
import io.gantry.domain.manifest.ReachabilityModelContract;
import io.gantry.persistence.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
final class ReachabilityModelTest extends ReachabilityModelContract {
  @Inject Catalogue catalogue;

  @Override
  protected Catalogue catalogue() {
    return catalogue;
  }

  @Override
  protected int operations() {
    return 100;
  }
}
