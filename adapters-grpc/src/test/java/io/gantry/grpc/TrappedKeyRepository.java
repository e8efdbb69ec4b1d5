package io.gantry.grpc;

import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.ApiKey;
import io.gantry.domain.access.KeyRepository;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.Project;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.access.SecretHash;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Fails, as only a bug does, on one certain secret, and keeps callers with another one waiting. */
final class TrappedKeyRepository implements KeyRepository {
  static final String MESSAGE = "select secret from api_key";

  private final KeyRepository sound;
  private final SecretHash poison;
  private final SecretHash held;
  private final Semaphore arrived = new Semaphore(0);
  private final Semaphore released = new Semaphore(0);
  private final Semaphore gone = new Semaphore(0);

  TrappedKeyRepository(KeyRepository sound, SecretHash poison, SecretHash held) {
    this.sound = sound;
    this.poison = poison;
    this.held = held;
  }

  /** Waits for a caller to be held. */
  void awaitArrival() {
    take(arrived);
  }

  /** Lets one caller go on, and waits until they have. */
  void release() {
    released.release();
    take(gone);
  }

  @Override
  public Optional<ApiKey> findBySecret(SecretHash secretHash) {
    if (secretHash.equals(poison)) throw new IllegalStateException(MESSAGE);
    if (secretHash.equals(held)) {
      arrived.release();
      take(released);
      gone.release();
    }
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

  private static void take(Semaphore semaphore) {
    try {
      if (!semaphore.tryAcquire(20, TimeUnit.SECONDS)) throw new AssertionError("nobody came");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
