package io.gantry.persistence.tag;

import io.gantry.domain.Catalogue;
import io.gantry.domain.tag.TagRepositoryContract;
import io.gantry.persistence.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
final class PanacheTagRepositoryTest extends TagRepositoryContract {
  @Inject Catalogue catalogue;

  @Override
  protected Catalogue catalogue() {
    return catalogue;
  }
}
