package io.gantry.rest.project;

import io.gantry.domain.identity.ProjectDetails;
import io.gantry.rest.Timestamps;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A project on the wire, which has no qualification here. */
@RegisterForReflection
record ProjectBody(
    String id,
    String name,
    String organizationId,
    String createdAt,
    String updatedAt,
    String description,
    @Nullable Map<String, String> qualification) {

  static ProjectBody from(ProjectDetails project) {
    return new ProjectBody(
        project.id().toString(),
        project.label().name(),
        project.organization().toString(),
        Timestamps.write(project.createdAt()),
        Timestamps.write(project.updatedAt()),
        project.label().description(),
        null);
  }
}
