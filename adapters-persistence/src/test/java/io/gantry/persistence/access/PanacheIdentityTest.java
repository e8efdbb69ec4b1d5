package io.gantry.persistence.access;

import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.KeyRepository;
import io.gantry.domain.identity.ApplicationRepository;
import io.gantry.domain.identity.IdentityContract;
import io.gantry.domain.identity.KeyDetailsRepository;
import io.gantry.domain.identity.PolicyRepository;
import io.gantry.domain.identity.ProjectRepository;
import io.gantry.persistence.PostgresContent;
import io.gantry.persistence.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
final class PanacheIdentityTest extends IdentityContract {
  @Inject PostgresContent content;
  @Inject KeyRepository authentication;
  @Inject ProjectRepository projects;
  @Inject ApplicationRepository applications;
  @Inject PolicyRepository policies;
  @Inject KeyDetailsRepository keys;

  @BeforeEach
  void clear() {
    content.clear();
  }

  @Override
  protected UnitOfWork unitOfWork() {
    return content.unitOfWork();
  }

  @Override
  protected KeyRepository authentication() {
    return authentication;
  }

  @Override
  protected ProjectRepository projects() {
    return projects;
  }

  @Override
  protected ApplicationRepository applications() {
    return applications;
  }

  @Override
  protected PolicyRepository policies() {
    return policies;
  }

  @Override
  protected KeyDetailsRepository keys() {
    return keys;
  }
}
