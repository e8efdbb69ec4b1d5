package io.gantry.persistence.namespace;

import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.Status;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "namespace")
@NullUnmarked
class NamespaceEntity {
  @Id UUID id;

  String region;

  String name;

  String description;

  @Column(name = "organization_id")
  UUID organization;

  @Column(name = "project_id")
  UUID project;

  @Enumerated(EnumType.STRING)
  @JdbcTypeCode(SqlTypes.VARCHAR)
  Status status;

  @Column(name = "is_public")
  boolean isPublic;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  @Version long version;

  static NamespaceEntity of(Namespace namespace) {
    NamespaceEntity entity = new NamespaceEntity();
    entity.id = namespace.id().value();
    entity.region = namespace.region().value();
    entity.name = namespace.name().value();
    entity.organization = namespace.organization().value();
    entity.project = namespace.project().value();
    entity.createdAt = namespace.createdAt();
    entity.take(namespace);
    return entity;
  }

  /** Takes over what may change. */
  void take(Namespace namespace) {
    description = namespace.description();
    status = namespace.status();
    isPublic = namespace.isPublic();
    updatedAt = namespace.updatedAt();
  }
}
