package io.gantry.persistence.image;

import io.gantry.domain.image.Image;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.Status;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.UUID;

@Singleton
class ImageRows implements PanacheRepositoryBase<ImageEntity, UUID> {

  void store(Image image) {
    update(
        "status = ?1, visibility = ?2, updatedAt = ?3 where id = ?4",
        image.status(),
        image.visibility(),
        image.updatedAt(),
        image.id().value());
  }

  void deleteAll(NamespaceId namespace, Instant now) {
    update(
        "status = ?1, updatedAt = ?2 where namespace = ?3 and status = ?4",
        Status.DELETING,
        now,
        namespace.value(),
        Status.READY);
  }
}
