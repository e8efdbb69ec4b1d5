package io.gantry.application.project;

import io.gantry.application.Instants;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.error.RegistryError.QuotaExceeded;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.identity.Label;
import io.gantry.domain.identity.Origin;
import io.gantry.domain.identity.ProjectDetails;
import io.gantry.domain.identity.ProjectRepository;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Adds a project, usable at once by keys that have rights everywhere in the organization. */
public final class CreateProject {
  private final AccessPolicy access;
  private final ProjectRepository projects;
  private final UnitOfWork unitOfWork;
  private final Clock clock;
  private final int quota;

  /**
   * @param quota how many projects an organization may have
   */
  public CreateProject(
      AccessPolicy access,
      ProjectRepository projects,
      UnitOfWork unitOfWork,
      Clock clock,
      int quota) {
    this.access = access;
    this.projects = projects;
    this.unitOfWork = unitOfWork;
    this.clock = clock;
    this.quota = quota;
  }

  /**
   * The project to add.
   *
   * @param organization the caller's own if empty
   */
  public record Command(Optional<OrganizationId> organization, Label label) {}

  public ProjectDetails handle(Caller caller, Command command) {
    OrganizationId own = access.requireKey(caller).key().organization();
    OrganizationId organization = command.organization().orElse(own);
    access.requireMayAdd(caller, ResourceType.PROJECT, organization);
    Instant now = Instants.now(clock);
    return unitOfWork.inTransaction(
        () -> {
          int held = projects.ofOrganization(organization).size();
          if (held >= quota) throw exceeded(held);
          var project =
              new ProjectDetails(
                  new ProjectId(UUID.randomUUID()),
                  organization,
                  command.label(),
                  Origin.MADE,
                  now,
                  now);
          projects.add(project);
          return project;
        });
  }

  private RegistryException exceeded(int held) {
    return new RegistryException(new QuotaExceeded("projects", quota, held));
  }
}
