package io.gantry.persistence.access;

import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.identity.Application;
import io.gantry.domain.identity.ApplicationId;
import io.gantry.domain.identity.ApplicationRepository;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;

/** Applications in PostgreSQL. */
@Singleton
final class PanacheApplicationRepository implements ApplicationRepository {
  private final ApplicationRows rows;
  private final Session session;

  PanacheApplicationRepository(ApplicationRows rows, Session session) {
    this.rows = rows;
    this.session = session;
  }

  @Override
  public Optional<Application> find(ApplicationId id) {
    return rows.findByIdOptional(id.value()).map(ApplicationEntity::toDomain);
  }

  @Override
  public Optional<Application> findLocked(ApplicationId id) {
    return rows.findByIdOptional(id.value(), LockModeType.PESSIMISTIC_WRITE)
        .map(ApplicationEntity::toDomain);
  }

  @Override
  public List<Application> ofOrganization(OrganizationId organization) {
    return rows.list("organization", organization.value()).stream()
        .map(ApplicationEntity::toDomain)
        .toList();
  }

  @Override
  public void add(Application application) {
    session.persist(ApplicationEntity.of(application));
    // Or it could not be locked in this transaction, which takes a row.
    session.flush();
  }

  @Override
  public void update(Application application) {
    var _ = session.merge(ApplicationEntity.of(application));
  }

  @Override
  public void remove(ApplicationId id) {
    session.flush();
    execute("delete from ApiKeyEntity where application = :id", id);
    execute("update PolicyEntity set application = null where application = :id", id);
    execute("delete from ApplicationEntity where id = :id", id);
    session.clear();
  }

  private void execute(String statement, ApplicationId id) {
    var _ = session.createMutationQuery(statement).setParameter("id", id.value()).executeUpdate();
  }
}
