package io.gantry.persistence.access;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.ApiKey;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.PermissionSet;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.access.SecretHash;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "api_key")
@NullUnmarked
class ApiKeyEntity {
  @Id
  @Column(name = "access_key")
  String accessKey;

  @Column(name = "secret_hash")
  String secretHash;

  @Column(name = "organization_id")
  UUID organization;

  @Column(name = "default_project_id")
  UUID defaultProject;

  String description;

  @Column(name = "expires_at")
  Instant expiresAt;

  /** Whether it comes from configuration, and goes with it. */
  boolean configured;

  @ElementCollection
  @CollectionTable(name = "api_key_grant", joinColumns = @JoinColumn(name = "access_key"))
  Set<GrantColumns> grants = new HashSet<>();

  static ApiKeyEntity configured(ApiKey key) {
    ApiKeyEntity entity = new ApiKeyEntity();
    entity.accessKey = key.accessKey().value();
    entity.secretHash = key.secretHash().hex();
    entity.organization = key.organization().value();
    entity.defaultProject = key.defaultProject().value();
    entity.description = key.description();
    entity.expiresAt = key.expiresAt().orElse(null);
    entity.configured = true;
    key.grants()
        .forEach(
            (project, sets) ->
                sets.forEach(
                    set ->
                        entity.grants.add(new GrantColumns(project.value(), set.publishedName()))));
    return entity;
  }

  ApiKey toDomain() {
    return new ApiKey(
        new AccessKey(accessKey),
        new SecretHash(secretHash),
        new OrganizationId(organization),
        new ProjectId(defaultProject),
        grants.stream()
            .collect(
                groupingBy(
                    grant -> new ProjectId(grant.project()),
                    mapping(ApiKeyEntity::permissionSetOf, toUnmodifiableSet()))),
        description,
        Optional.ofNullable(expiresAt));
  }

  private static PermissionSet permissionSetOf(GrantColumns grant) {
    return PermissionSet.find(grant.permissionSet())
        .orElseThrow(() -> new IllegalStateException("unknown set " + grant.permissionSet()));
  }
}
