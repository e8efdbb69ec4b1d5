package io.gantry.application.project;

import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.identity.ProjectDetails;
import io.gantry.domain.identity.ProjectRepository;

/** Reads one project. */
public final class GetProject {
  private final AccessPolicy access;
  private final ProjectRepository projects;
  private final UnitOfWork unitOfWork;

  public GetProject(AccessPolicy access, ProjectRepository projects, UnitOfWork unitOfWork) {
    this.access = access;
    this.projects = projects;
    this.unitOfWork = unitOfWork;
  }

  public ProjectDetails handle(Caller caller, ProjectId id) {
    return unitOfWork.inTransaction(
        () -> ProjectAccess.require(access, caller, Action.READ, id, projects.find(id)));
  }
}
