package io.gantry.persistence.access;

import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.ApiKey;
import io.gantry.domain.access.KeyRepository;
import io.gantry.domain.access.Project;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.access.SecretHash;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.persistence.Constraints;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
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
    return keys.findWithGrants("secretHash", secretHash.hex()).map(ApiKeyEntity::toDomain);
  }

  @Override
  public Optional<ApiKey> findByAccessKey(AccessKey accessKey) {
    return keys.findWithGrants("accessKey", accessKey.value()).map(ApiKeyEntity::toDomain);
  }

  @Override
  public Optional<Project> findProject(ProjectId id) {
    return projects.findByIdOptional(id.value()).map(ProjectEntity::toDomain);
  }

  @Override
  public void replaceConfigured(List<Project> newProjects, List<ApiKey> newKeys) {
    AdvisoryLock.CONFIGURATION.acquire(session);
    newProjects.forEach(project -> session.merge(ProjectEntity.of(project)));
    deleteAllBut(newKeys);
    try {
      newKeys.forEach(key -> session.merge(ApiKeyEntity.configured(key)));
      session.flush();
    } catch (PersistenceException e) {
      if (!Constraints.violates(e, "api_key_secret_unique")) throw e;
      throw new RegistryException(
          new RegistryError.AlreadyExists(
              ResourceType.API_KEY, "secret_key", "give every API key a secret key of its own"));
    }
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
