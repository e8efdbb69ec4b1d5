package io.gantry.persistence.access;

import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.access.ProjectOwners;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Owners of projects in PostgreSQL. Asked for in a transaction and between two statements without
 * one, so it takes a connection itself, which is the transaction's if there is one.
 */
@Singleton
final class SqlProjectOwners implements ProjectOwners {
  private static final String OWNER = "select organization_id from project where id = ?";

  private final DataSource dataSource;

  SqlProjectOwners(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public Optional<OrganizationId> ownerOf(ProjectId project) {
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(OWNER)) {
      statement.setObject(1, project.value());
      try (var rows = statement.executeQuery()) {
        if (!rows.next()) return Optional.empty();
        return Optional.of(new OrganizationId(rows.getObject(1, UUID.class)));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the owner of a project cannot be read", e);
    }
  }
}
