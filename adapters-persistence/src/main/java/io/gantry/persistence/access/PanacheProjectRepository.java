package io.gantry.persistence.access;

import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.identity.ProjectDetails;
import io.gantry.domain.identity.ProjectRepository;
import io.gantry.domain.identity.ProjectUse;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** Projects in PostgreSQL, as they are managed. */
@Singleton
final class PanacheProjectRepository implements ProjectRepository {
  private static final String ORGANIZATIONS =
      "select distinct organization_id from project order by organization_id";
  private static final String STATUSES =
      "select distinct status from namespace where project_id = :project";
  private static final String FORGET_IN_RULES =
      "update policy_rule set project_ids = array_remove(project_ids, :project)"
          + " where :project = any (project_ids)";
  private static final String FORGET_USAGE =
      "delete from project_usage where project_id = :project";

  private final ProjectRows rows;
  private final Session session;

  PanacheProjectRepository(ProjectRows rows, Session session) {
    this.rows = rows;
    this.session = session;
  }

  @Override
  public Optional<ProjectDetails> find(ProjectId id) {
    return rows.findByIdOptional(id.value()).map(ProjectEntity::toDetails);
  }

  @Override
  public Optional<ProjectDetails> findLocked(ProjectId id) {
    return rows.findByIdOptional(id.value(), LockModeType.PESSIMISTIC_WRITE)
        .map(ProjectEntity::toDetails);
  }

  @Override
  public List<ProjectDetails> ofOrganization(OrganizationId organization) {
    return rows.list("organization", organization.value()).stream()
        .map(ProjectEntity::toDetails)
        .toList();
  }

  @Override
  public List<OrganizationId> organizations() {
    return session
        .createNativeQuery(ORGANIZATIONS, UUID.class)
        .getResultStream()
        .map(OrganizationId::new)
        .toList();
  }

  @Override
  public void add(ProjectDetails project) {
    session.persist(ProjectEntity.of(project));
  }

  @Override
  public void update(ProjectDetails project) {
    var _ = session.merge(ProjectEntity.of(project));
  }

  @Override
  public ProjectUse useOf(ProjectId id) {
    List<String> statuses =
        session
            .createNativeQuery(STATUSES, String.class)
            .setParameter("project", id.value())
            .getResultList();
    if (statuses.isEmpty()) return ProjectUse.EMPTY;
    return statuses.equals(List.of("DELETING")) ? ProjectUse.BEING_EMPTIED : ProjectUse.IN_USE;
  }

  @Override
  public void remove(ProjectId id) {
    session.flush();
    execute(FORGET_IN_RULES, id.value());
    execute(FORGET_USAGE, id.value());
    boolean _ = rows.deleteById(id.value());
    session.flush();
  }

  private void execute(String sql, UUID project) {
    var _ = session.createNativeMutationQuery(sql).setParameter("project", project).executeUpdate();
  }
}
