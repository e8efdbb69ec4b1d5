package io.gantry.application.project;

import io.gantry.application.Instants;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.identity.Label;
import io.gantry.domain.identity.ProjectDetails;
import io.gantry.domain.identity.ProjectRepository;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Changes what a project is called. */
public final class UpdateProject {
  private final AccessPolicy access;
  private final ProjectRepository projects;
  private final UnitOfWork unitOfWork;
  private final Clock clock;

  public UpdateProject(
      AccessPolicy access, ProjectRepository projects, UnitOfWork unitOfWork, Clock clock) {
    this.access = access;
    this.projects = projects;
    this.unitOfWork = unitOfWork;
    this.clock = clock;
  }

  /** The change; what is not present stays as it is. */
  public record Command(ProjectId id, Optional<String> name, Optional<String> description) {}

  /** Returns the project as it is now; {@code PreconditionFailed} if configuration has it. */
  public ProjectDetails handle(Caller caller, Command command) {
    Instant now = Instants.now(clock);
    return unitOfWork.inTransaction(
        () -> {
          ProjectDetails before =
              ProjectAccess.require(
                  access, caller, Action.WRITE, command.id(), projects.findLocked(command.id()));
          before.origin().requireEditable(ResourceType.PROJECT);
          Label label = before.label();
          if (command.name().isPresent()) label = label.named(command.name().get());
          if (command.description().isPresent()) {
            label = label.described(command.description().get());
          }
          ProjectDetails after = before.relabelled(label, now);
          projects.update(after);
          return after;
        });
  }
}
