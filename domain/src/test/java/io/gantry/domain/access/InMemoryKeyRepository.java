package io.gantry.domain.access;

import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.identity.InMemoryIdentity;
import io.gantry.domain.identity.KeyDetails;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Projects and API keys in memory. */
public final class InMemoryKeyRepository implements KeyRepository {
  private final InMemoryIdentity identity = new InMemoryIdentity();

  /** The tables, for the fakes of the ports that manage them. */
  public InMemoryIdentity identity() {
    return identity;
  }

  @Override
  public Optional<ApiKey> findBySecret(SecretHash secretHash) {
    return identity.keys().stream()
        .map(KeyDetails::key)
        .filter(key -> key.secretHash().matches(secretHash))
        .findFirst();
  }

  @Override
  public Optional<ApiKey> findByAccessKey(AccessKey accessKey) {
    return identity.keys().stream()
        .map(KeyDetails::key)
        .filter(key -> key.accessKey().equals(accessKey))
        .findFirst();
  }

  @Override
  public Optional<Project> findProject(ProjectId id) {
    return identity.project(id);
  }

  @Override
  public Optional<Project> findProjectLocked(ProjectId id) {
    return identity.project(id);
  }

  @Override
  public List<ProjectId> projectsOf(OrganizationId organization) {
    return identity.projectsOf(organization);
  }

  @Override
  public void replaceConfigured(List<Project> newProjects, List<ApiKey> newKeys) {
    Set<SecretHash> secrets = new HashSet<>();
    for (ApiKey key : newKeys) {
      if (!secrets.add(key.secretHash())) {
        throw new RegistryException(
            new RegistryError.AlreadyExists(
                ResourceType.API_KEY, "secret_key", "give every API key a secret key of its own"));
      }
    }
    identity.replaceConfigured(newProjects, newKeys);
  }

  @Override
  public boolean anyKey() {
    return !identity.keys().isEmpty();
  }
}
