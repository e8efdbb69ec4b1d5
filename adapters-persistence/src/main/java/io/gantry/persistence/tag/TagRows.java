package io.gantry.persistence.tag;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.UUID;

@Singleton
class TagRows implements PanacheRepositoryBase<TagEntity, UUID> {}
