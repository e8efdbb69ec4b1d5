package io.gantry.persistence.access;

import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.KeyRepository;
import io.gantry.domain.access.KeyRepositoryContract;
import io.gantry.persistence.PostgresContent;
import io.gantry.persistence.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
final class PanacheKeyRepositoryTest extends KeyRepositoryContract {
  @Inject KeyRepository keys;
  @Inject PostgresContent content;

  @BeforeEach
  void clear() {
    content.clear();
  }

  @Override
  protected KeyRepository keys() {
    return keys;
  }

  @Override
  protected UnitOfWork unitOfWork() {
    return content.unitOfWork();
  }
}
