package io.gantry.application.project;

import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.IdentityResource;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.identity.ProjectDetails;
import java.util.Optional;

/** What is absent and what is hidden give the same answer. */
final class ProjectAccess {
  private ProjectAccess() {}

  /** What was found under this id, if the caller may do this to it. */
  static ProjectDetails require(
      AccessPolicy access,
      Caller caller,
      Action action,
      ProjectId id,
      Optional<ProjectDetails> found) {
    ProjectDetails project =
        found.orElseThrow(() -> access.absent(caller, ResourceType.PROJECT, id.toString()));
    access.require(caller, action, resource(project));
    return project;
  }

  static IdentityResource resource(ProjectDetails project) {
    return new IdentityResource(
        ResourceType.PROJECT, project.id().toString(), project.organization());
  }
}
