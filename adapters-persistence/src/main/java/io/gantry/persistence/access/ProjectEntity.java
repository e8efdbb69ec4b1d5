package io.gantry.persistence.access;

import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.Project;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.identity.Label;
import io.gantry.domain.identity.Origin;
import io.gantry.domain.identity.ProjectDetails;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "project")
@NullUnmarked
class ProjectEntity {
  @Id UUID id;

  @Column(name = "organization_id")
  UUID organization;

  String name;

  String description;

  /** Whether the last configuration that was applied has it. */
  boolean configured;

  @Column(name = "created_at", updatable = false)
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  static ProjectEntity configured(Project project, Instant now) {
    ProjectEntity entity = new ProjectEntity();
    entity.id = project.id().value();
    entity.organization = project.organization().value();
    entity.name = project.name();
    entity.description = "";
    entity.configured = true;
    entity.createdAt = now;
    entity.updatedAt = now;
    return entity;
  }

  static ProjectEntity of(ProjectDetails details) {
    ProjectEntity entity = new ProjectEntity();
    entity.id = details.id().value();
    entity.organization = details.organization().value();
    entity.name = details.label().name();
    entity.description = details.label().description();
    entity.configured = !details.origin().isEditable();
    entity.createdAt = details.createdAt();
    entity.updatedAt = details.updatedAt();
    return entity;
  }

  Project toDomain() {
    return new Project(new ProjectId(id), new OrganizationId(organization), name);
  }

  ProjectDetails toDetails() {
    return new ProjectDetails(
        new ProjectId(id),
        new OrganizationId(organization),
        new Label(name, description),
        configured ? Origin.CONFIGURED : Origin.MADE,
        createdAt,
        updatedAt);
  }
}
