package io.gantry.persistence.namespace;

import io.gantry.domain.Catalogue;
import io.gantry.domain.namespace.NamespaceListContract;
import io.gantry.persistence.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
final class PanacheNamespaceListTest extends NamespaceListContract {
  @Inject Catalogue catalogue;

  @Override
  protected Catalogue catalogue() {
    return catalogue;
  }
}
