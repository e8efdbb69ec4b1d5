package io.gantry.domain.access;

import java.util.List;
import java.util.Optional;

/** Fails, as only a bug does, when it is asked for one certain secret. */
public class PoisonedKeyRepository implements KeyRepository {
  public static final String MESSAGE = "select secret from api_key";

  private final KeyRepository sound;
  private final SecretHash poison;

  public PoisonedKeyRepository(KeyRepository sound, SecretHash poison) {
    this.sound = sound;
    this.poison = poison;
  }

  @Override
  public Optional<ApiKey> findBySecret(SecretHash secretHash) {
    if (secretHash.equals(poison)) throw new IllegalStateException(MESSAGE);
    return sound.findBySecret(secretHash);
  }

  @Override
  public Optional<ApiKey> findByAccessKey(AccessKey accessKey) {
    return sound.findByAccessKey(accessKey);
  }

  @Override
  public Optional<Project> findProject(ProjectId id) {
    return sound.findProject(id);
  }

  @Override
  public Optional<Project> findProjectLocked(ProjectId id) {
    return sound.findProjectLocked(id);
  }

  @Override
  public List<ProjectId> projectsOf(OrganizationId organization) {
    return sound.projectsOf(organization);
  }

  @Override
  public void replaceConfigured(List<Project> projects, List<ApiKey> keys) {
    sound.replaceConfigured(projects, keys);
  }

  @Override
  public boolean anyKey() {
    return sound.anyKey();
  }
}
