package io.gantry.persistence.access;

import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.access.ProjectOwners;
import io.gantry.persistence.Statements;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** Owners of projects in PostgreSQL. */
@Singleton
final class SqlProjectOwners implements ProjectOwners {
  private static final String OWNER = "select organization_id from project where id = ?";

  private final Statements statements;

  SqlProjectOwners(Statements statements) {
    this.statements = statements;
  }

  @Override
  public Optional<OrganizationId> ownerOf(ProjectId project) {
    return statements
        .query(
            OWNER,
            parameters -> parameters.uuid(project.value()),
            row -> new OrganizationId(row.getObject(1, UUID.class)))
        .stream()
        .findFirst();
  }
}
