package io.gantry.application.project;

import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.error.RegistryError.PreconditionFailed;
import io.gantry.domain.error.RegistryError.PreconditionFailed.Rule;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.identity.KeyDetailsRepository;
import io.gantry.domain.identity.ProjectDetails;
import io.gantry.domain.identity.ProjectRepository;

/** Removes a project that holds nothing. */
public final class DeleteProject {
  private final AccessPolicy access;
  private final ProjectRepository projects;
  private final KeyDetailsRepository keys;
  private final UnitOfWork unitOfWork;

  public DeleteProject(
      AccessPolicy access,
      ProjectRepository projects,
      KeyDetailsRepository keys,
      UnitOfWork unitOfWork) {
    this.access = access;
    this.projects = projects;
    this.keys = keys;
    this.unitOfWork = unitOfWork;
  }

  /**
   * Returns when it is gone.
   *
   * @throws RegistryException {@code PreconditionFailed} if it comes from configuration, is the
   *     organization's default, holds namespaces, or is some key's default
   */
  public void handle(Caller caller, ProjectId id) {
    unitOfWork.run(
        () -> {
          ProjectDetails project =
              ProjectAccess.require(access, caller, Action.WRITE, id, projects.findLocked(id));
          requireDeletable(project);
          projects.remove(id);
        });
  }

  private void requireDeletable(ProjectDetails project) {
    if (project.isDefault()) {
      throw refused(Rule.PROTECTED_RESOURCE, "the organization's default project stays");
    }
    project.origin().requireEditable(ResourceType.PROJECT);
    switch (projects.useOf(project.id())) {
      case EMPTY -> {}
      case BEING_EMPTIED ->
          throw refused(
              Rule.RESOURCE_NOT_USABLE, "its namespaces are being deleted; try again in a moment");
      case IN_USE -> throw refused(Rule.RESOURCE_STILL_IN_USE, "delete its namespaces first");
    }
    boolean isDefault =
        keys.ofOrganization(project.organization()).stream()
            .anyMatch(key -> key.key().defaultProject().equals(project.id()));
    if (isDefault) {
      throw refused(
          Rule.RESOURCE_STILL_IN_USE,
          "it is the default project of an API key; delete that key or give it another first");
    }
  }

  private static RegistryException refused(Rule rule, String help) {
    return new RegistryException(new PreconditionFailed(ResourceType.PROJECT, rule, help));
  }
}
