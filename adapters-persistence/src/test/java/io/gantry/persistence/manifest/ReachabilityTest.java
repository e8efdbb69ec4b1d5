package io.gantry.persistence.manifest;

import io.gantry.domain.Catalogue;
import io.gantry.domain.manifest.ReachabilityContract;
import io.gantry.persistence.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
final class ReachabilityTest extends ReachabilityContract {
  @Inject Catalogue catalogue;

  @Override
  protected Catalogue catalogue() {
    return catalogue;
  }
}
