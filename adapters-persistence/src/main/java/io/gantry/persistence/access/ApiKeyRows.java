package io.gantry.persistence.access;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.Optional;

@Singleton
class ApiKeyRows implements PanacheRepositoryBase<ApiKeyEntity, String> {

  /** The key whose {@code column} has this value, with its grants, in one statement. */
  Optional<ApiKeyEntity> findWithGrants(String column, String value) {
    return find("from ApiKeyEntity k left join fetch k.grants where k." + column + " = ?1", value)
        .singleResultOptional();
  }
}
