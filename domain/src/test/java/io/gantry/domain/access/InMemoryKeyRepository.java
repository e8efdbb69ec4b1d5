package io.gantry.domain.access;

import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Projects and API keys in memory. */
public final class InMemoryKeyRepository implements KeyRepository {
  private final Map<ProjectId, Project> projects = new LinkedHashMap<>();
  private final Map<AccessKey, ApiKey> keys = new LinkedHashMap<>();

  @Override
  public synchronized Optional<ApiKey> findBySecret(SecretHash secretHash) {
    return keys.values().stream().filter(key -> key.secretHash().matches(secretHash)).findFirst();
  }

  @Override
  public synchronized Optional<ApiKey> findByAccessKey(AccessKey accessKey) {
    return Optional.ofNullable(keys.get(accessKey));
  }

  @Override
  public synchronized Optional<Project> findProject(ProjectId id) {
    return Optional.ofNullable(projects.get(id));
  }

  @Override
  public synchronized void replaceConfigured(List<Project> newProjects, List<ApiKey> newKeys) {
    Set<SecretHash> secrets = new HashSet<>();
    for (ApiKey key : newKeys) {
      if (!secrets.add(key.secretHash())) {
        throw new RegistryException(
            new RegistryError.AlreadyExists(
                ResourceType.API_KEY, "secret_key", "give every API key a secret key of its own"));
      }
    }
    newProjects.forEach(project -> projects.put(project.id(), project));
    keys.clear();
    newKeys.forEach(key -> keys.put(key.accessKey(), key));
  }

  @Override
  public synchronized boolean anyKey() {
    return !keys.isEmpty();
  }
}
