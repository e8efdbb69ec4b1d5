package io.gantry.persistence.namespace;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.UUID;

@Singleton
class NamespaceRows implements PanacheRepositoryBase<NamespaceEntity, UUID> {}
