package io.gantry.persistence.access;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.UUID;

@Singleton
class PolicyRows implements PanacheRepositoryBase<PolicyEntity, UUID> {}
