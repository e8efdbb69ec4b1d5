package io.gantry.application.iam;

import io.gantry.application.Instants;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.identity.KeyDetails;
import io.gantry.domain.identity.KeyDetailsRepository;
import io.gantry.domain.identity.ProjectRepository;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Changes the terms of a key. */
public final class UpdateApiKey {
  private final Directory directory;
  private final KeyDetailsRepository keys;
  private final ProjectRepository projects;
  private final UnitOfWork unitOfWork;
  private final Clock clock;

  public UpdateApiKey(
      Directory directory,
      KeyDetailsRepository keys,
      ProjectRepository projects,
      UnitOfWork unitOfWork,
      Clock clock) {
    this.directory = directory;
    this.keys = keys;
    this.projects = projects;
    this.unitOfWork = unitOfWork;
    this.clock = clock;
  }

  /** The change; what is not present stays as it is. */
  public record Command(
      AccessKey accessKey,
      Optional<String> description,
      Optional<ProjectId> defaultProject,
      Optional<Instant> expiresAt) {}

  /**
   * Returns the key as it is now.
   *
   * @throws RegistryException {@code PermissionDenied} if the key may do what the caller may not:
   *     who holds its secret could have its life extended; {@code PreconditionFailed} if
   *     configuration has it
   */
  public KeyDetails handle(Caller caller, Command command) {
    Instant now = Instants.now(clock);
    Optional<Instant> expiresAt = KeyTerms.expiry(command.expiresAt(), now);
    return unitOfWork.inTransaction(
        () -> {
          KeyDetails before = directory.keyLocked(caller, Action.WRITE, command.accessKey());
          before.origin().requireEditable(ResourceType.API_KEY);
          directory.access().requireMayGrant(caller, before.key().grants());
          KeyDetails after =
              before.onTerms(
                  command.description().orElse(before.key().description()),
                  command
                      .defaultProject()
                      .map(asked -> project(before, asked))
                      .orElse(before.key().defaultProject()),
                  expiresAt.or(() -> before.key().expiresAt()),
                  now);
          keys.update(after);
          return after;
        });
  }

  private ProjectId project(KeyDetails key, ProjectId asked) {
    return KeyTerms.project(projects, key.key().organization(), asked);
  }
}
