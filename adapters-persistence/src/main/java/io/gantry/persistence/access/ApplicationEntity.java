package io.gantry.persistence.access;

import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.identity.Application;
import io.gantry.domain.identity.ApplicationId;
import io.gantry.domain.identity.Label;
import io.gantry.domain.identity.Origin;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "application")
@NullUnmarked
class ApplicationEntity {
  @Id UUID id;

  @Column(name = "organization_id")
  UUID organization;

  String name;

  String description;

  String[] tags;

  @Column(name = "created_at", updatable = false)
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  static ApplicationEntity of(Application application) {
    ApplicationEntity entity = new ApplicationEntity();
    entity.id = application.id().value();
    entity.organization = application.organization().value();
    entity.name = application.label().name();
    entity.description = application.label().description();
    entity.tags = application.label().tags().toArray(String[]::new);
    entity.createdAt = application.createdAt();
    entity.updatedAt = application.updatedAt();
    return entity;
  }

  Application toDomain() {
    return new Application(
        new ApplicationId(id),
        new OrganizationId(organization),
        new Label(name, description, List.of(tags)),
        Origin.MADE,
        createdAt,
        updatedAt);
  }
}
