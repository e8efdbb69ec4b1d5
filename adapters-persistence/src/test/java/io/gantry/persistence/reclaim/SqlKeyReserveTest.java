package io.gantry.persistence.reclaim;

import io.gantry.domain.BlobPorts;
import io.gantry.domain.reclaim.KeyReserveContract;
import io.gantry.persistence.PostgresContent;
import io.gantry.persistence.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
final class SqlKeyReserveTest extends KeyReserveContract {
  @Inject BlobPorts ports;
  @Inject PostgresContent content;

  @BeforeEach
  void clear() {
    content.clear();
  }

  @Override
  protected BlobPorts ports() {
    return ports;
  }
}
