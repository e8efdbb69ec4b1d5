package io.gantry.persistence.pull;

import io.gantry.domain.Catalogue;
import io.gantry.domain.pull.PullListsContract;
import io.gantry.domain.pull.PullQueries;
import io.gantry.persistence.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
final class SqlPullListsTest extends PullListsContract {
  @Inject Catalogue catalogue;
  @Inject PullQueries pulls;

  @Override
  protected Catalogue catalogue() {
    return catalogue;
  }

  @Override
  protected PullQueries pulls() {
    return pulls;
  }
}
