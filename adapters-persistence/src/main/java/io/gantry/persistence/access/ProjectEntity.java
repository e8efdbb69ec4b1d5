package io.gantry.persistence.access;

import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.Project;
import io.gantry.domain.access.ProjectId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
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

  static ProjectEntity of(Project project) {
    ProjectEntity entity = new ProjectEntity();
    entity.id = project.id().value();
    entity.organization = project.organization().value();
    entity.name = project.name();
    return entity;
  }

  Project toDomain() {
    return new Project(new ProjectId(id), new OrganizationId(organization), name);
  }
}
