package io.gantry.persistence.reclaim;

import io.gantry.domain.link.StoredContent;
import io.gantry.domain.reclaim.Garbage;
import io.gantry.domain.reclaim.KeyReserve;
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
  @Inject KeyReserve reserve;
  @Inject Garbage garbage;
  @Inject PostgresContent content;

  @BeforeEach
  void clear() {
    content.clear();
  }

  @Override
  protected KeyReserve reserve() {
    return reserve;
  }

  @Override
  protected Garbage garbage() {
    return garbage;
  }

  @Override
  protected StoredContent content() {
    return content;
  }
}
