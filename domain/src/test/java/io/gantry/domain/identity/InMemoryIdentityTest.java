package io.gantry.domain.identity;

import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.InMemoryUnitOfWork;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.InMemoryKeyRepository;
import io.gantry.domain.access.KeyRepository;

final class InMemoryIdentityTest extends IdentityContract {
  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final InMemoryKeyRepository authentication = new InMemoryKeyRepository();
  private final InMemoryIdentity identity = authentication.identity();

  @Override
  protected UnitOfWork unitOfWork() {
    return new InMemoryUnitOfWork(registry);
  }

  @Override
  protected KeyRepository authentication() {
    return authentication;
  }

  @Override
  protected ProjectRepository projects() {
    return new InMemoryProjectRepository(identity, registry);
  }

  @Override
  protected ApplicationRepository applications() {
    return new InMemoryApplicationRepository(identity);
  }

  @Override
  protected PolicyRepository policies() {
    return new InMemoryPolicyRepository(identity);
  }

  @Override
  protected KeyDetailsRepository keys() {
    return new InMemoryKeyDetailsRepository(identity);
  }
}
