package io.gantry.bootstrap.wiring;

import io.gantry.application.project.CreateProject;
import io.gantry.application.project.DeleteProject;
import io.gantry.application.project.GetProject;
import io.gantry.application.project.ListProjects;
import io.gantry.application.project.UpdateProject;
import io.gantry.bootstrap.configuration.GantryConfig;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.identity.KeyDetailsRepository;
import io.gantry.domain.identity.ProjectRepository;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Builds the use cases of projects. */
final class ProjectWiring {

  @Produces
  @Singleton
  CreateProject createProject(
      AccessPolicy access,
      ProjectRepository projects,
      UnitOfWork unitOfWork,
      Clock clock,
      GantryConfig config) {
    return new CreateProject(
        access, projects, unitOfWork, clock, config.limits().identitiesPerOrganization());
  }

  @Produces
  @Singleton
  ListProjects listProjects(
      AccessPolicy access, ProjectRepository projects, UnitOfWork unitOfWork) {
    return new ListProjects(access, projects, unitOfWork);
  }

  @Produces
  @Singleton
  GetProject getProject(AccessPolicy access, ProjectRepository projects, UnitOfWork unitOfWork) {
    return new GetProject(access, projects, unitOfWork);
  }

  @Produces
  @Singleton
  UpdateProject updateProject(
      AccessPolicy access, ProjectRepository projects, UnitOfWork unitOfWork, Clock clock) {
    return new UpdateProject(access, projects, unitOfWork, clock);
  }

  @Produces
  @Singleton
  DeleteProject deleteProject(
      AccessPolicy access,
      ProjectRepository projects,
      KeyDetailsRepository keys,
      UnitOfWork unitOfWork) {
    return new DeleteProject(access, projects, keys, unitOfWork);
  }
}
