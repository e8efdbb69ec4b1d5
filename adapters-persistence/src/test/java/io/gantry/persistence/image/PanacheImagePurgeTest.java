package io.gantry.persistence.image;

import io.gantry.domain.Catalogue;
import io.gantry.domain.image.ImagePurgeContract;
import io.gantry.persistence.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
final class PanacheImagePurgeTest extends ImagePurgeContract {
  @Inject Catalogue catalogue;

  @Override
  protected Catalogue catalogue() {
    return catalogue;
  }
}
