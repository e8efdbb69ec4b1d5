package io.gantry.persistence.access;

import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.ApiKey;
import io.gantry.domain.access.KeyRepository;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.Project;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.access.SecretHash;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.persistence.Constraints;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.Session;

/** Projects and API keys in PostgreSQL. */
@Singleton
final class PanacheKeyRepository implements KeyRepository {
  private final ProjectRows projects;
  private final ApiKeyRows keys;
  private final Session session;

  PanacheKeyRepository(ProjectRows projects, ApiKeyRows keys, Session session) {
    this.projects = projects;
    this.keys = keys;
    this.session = session;
  }

  @Override
  public Optional<ApiKey> findBySecret(SecretHash secretHash) {
    return keys.findWithRights("secretHash", secretHash.hex());
  }

  @Override
  public Optional<ApiKey> findByAccessKey(AccessKey accessKey) {
    return keys.findWithRights("accessKey", accessKey.value());
  }

  @Override
  public Optional<Project> findProject(ProjectId id) {
    return projects.findByIdOptional(id.value()).map(ProjectEntity::toDomain);
  }

  @Override
  public Optional<Project> findProjectLocked(ProjectId id) {
    return projects
        .findByIdOptional(id.value(), LockModeType.PESSIMISTIC_READ)
        .map(ProjectEntity::toDomain);
  }

  @Override
  public List<ProjectId> projectsOf(OrganizationId organization) {
    return projects.list("organization", organization.value()).stream()
        .map(row -> new ProjectId(row.id))
        .toList();
  }

  @Override
  public void replaceConfigured(List<Project> newProjects, List<ApiKey> newKeys) {
    AdvisoryLock.CONFIGURATION.acquire(session);
    Instant now = now();
    configure(newProjects, now);
    deleteAllBut(newKeys);
    try {
      newKeys.forEach(key -> configure(key, now));
      session.flush();
    } catch (PersistenceException e) {
      if (!Constraints.violates(e, "api_key_secret_unique")) throw e;
      throw new RegistryException(
          new RegistryError.AlreadyExists(
              ResourceType.API_KEY, "secret_key", "give every API key a secret key of its own"));
    }
  }

  /** A project that is not given any more becomes one like any other. */
  private void configure(List<Project> given, Instant now) {
    projects.list("configured", true).forEach(project -> project.configured = false);
    for (Project project : given) {
      ProjectEntity known = projects.findById(project.id().value());
      if (known == null) {
        session.persist(ProjectEntity.configured(project, now));
        continue;
      }
      known.configured = true;
      if (known.toDomain().equals(project)) continue;
      known.organization = project.organization().value();
      known.name = project.name();
      known.updatedAt = now;
    }
  }

  private void configure(ApiKey key, Instant now) {
    ApiKeyEntity known = keys.findById(key.accessKey().value());
    if (known != null && known.configured && known.toDomain().equals(key)) return;
    Instant createdAt = known == null ? now : known.createdAt;
    var _ = session.merge(ApiKeyEntity.configured(key, createdAt, now));
  }

  private Instant now() {
    return session.createNativeQuery("select current_timestamp", Instant.class).getSingleResult();
  }

  @Override
  public boolean anyKey() {
    return keys.find("order by accessKey").page(0, 1).firstResultOptional().isPresent();
  }

  /** Also removes keys whose secret changes, so that two keys may exchange theirs. */
  private void deleteAllBut(List<ApiKey> kept) {
    Map<String, ApiKey> byAccessKey =
        kept.stream()
            .collect(Collectors.toMap(key -> key.accessKey().value(), Function.identity()));
    for (ApiKeyEntity old : keys.list("configured", true)) {
      ApiKey key = byAccessKey.get(old.accessKey);
      if (key == null || !key.secretHash().hex().equals(old.secretHash)) session.remove(old);
    }
    session.flush();
  }
}
