package io.gantry.persistence.image;

import io.gantry.domain.image.Visibility;
import io.gantry.domain.namespace.Status;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;

/**
 * The columns of an image that change in bulk or by itself; the rest is read and written in SQL.
 */
@Entity
@Table(name = "image")
@NullUnmarked
class ImageEntity {
  @Id UUID id;

  @Column(name = "namespace_id")
  UUID namespace;

  @Enumerated(EnumType.STRING)
  @JdbcTypeCode(SqlTypes.VARCHAR)
  Status status;

  @Enumerated(EnumType.STRING)
  @JdbcTypeCode(SqlTypes.VARCHAR)
  Visibility visibility;

  @Column(name = "updated_at")
  Instant updatedAt;
}
