package io.gantry.persistence.tag;

import io.gantry.domain.Catalogue;
import io.gantry.domain.tag.MovedTagContract;
import io.gantry.domain.tag.PushIntake;
import io.gantry.persistence.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
final class SqlMovedTagTest extends MovedTagContract {
  @Inject Catalogue catalogue;
  @Inject PushIntake intake;

  @Override
  protected Catalogue catalogue() {
    return catalogue;
  }

  @Override
  protected PushIntake intake() {
    return intake;
  }
}
