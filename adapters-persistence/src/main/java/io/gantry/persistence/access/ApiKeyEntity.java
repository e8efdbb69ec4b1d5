package io.gantry.persistence.access;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.ApiKey;
import io.gantry.domain.access.Grants;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.PermissionSet;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.access.SecretHash;
import io.gantry.domain.identity.ApplicationId;
import io.gantry.domain.identity.ConfiguredBearer;
import io.gantry.domain.identity.KeyDetails;
import io.gantry.domain.identity.Origin;
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

  /** Who bears it; null if it comes from configuration. */
  @Column(name = "application_id")
  UUID application;

  String description;

  @Column(name = "expires_at")
  Instant expiresAt;

  /** Whether it comes from configuration, and goes with it. */
  boolean configured;

  @Column(name = "created_at", updatable = false)
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  @Column(name = "last_used_at", insertable = false, updatable = false)
  Instant lastUsedAt;

  @ElementCollection
  @CollectionTable(name = "api_key_grant", joinColumns = @JoinColumn(name = "access_key"))
  Set<GrantColumns> grants = new HashSet<>();

  @ElementCollection
  @CollectionTable(
      name = "api_key_organization_grant",
      joinColumns = @JoinColumn(name = "access_key"))
  @Column(name = "permission_set")
  Set<String> organizationGrants = new HashSet<>();

  static ApiKeyEntity configured(ApiKey key, Instant createdAt, Instant now) {
    ApiKeyEntity entity = of(key);
    entity.configured = true;
    entity.createdAt = createdAt;
    entity.updatedAt = now;
    key.grants().everywhere().stream()
        .map(PermissionSet::publishedName)
        .forEach(entity.organizationGrants::add);
    key.grants()
        .inProjects()
        .forEach(
            (project, sets) ->
                sets.forEach(
                    set ->
                        entity.grants.add(new GrantColumns(project.value(), set.publishedName()))));
    return entity;
  }

  static ApiKeyEntity made(KeyDetails details) {
    ApiKeyEntity entity = of(details.key());
    entity.application = details.bearer().value();
    entity.createdAt = details.createdAt();
    entity.updatedAt = details.updatedAt();
    return entity;
  }

  private static ApiKeyEntity of(ApiKey key) {
    ApiKeyEntity entity = new ApiKeyEntity();
    entity.accessKey = key.accessKey().value();
    entity.secretHash = key.secretHash().hex();
    entity.organization = key.organization().value();
    entity.defaultProject = key.defaultProject().value();
    entity.description = key.description();
    entity.expiresAt = key.expiresAt().orElse(null);
    return entity;
  }

  /** The key with its own grants, which a key that was made has none of. */
  ApiKey toDomain() {
    return toDomain(
        new Grants(
            PermissionSets.named(organizationGrants),
            grants.stream()
                .collect(
                    groupingBy(
                        grant -> new ProjectId(grant.project()),
                        mapping(
                            grant -> PermissionSets.named(grant.permissionSet()),
                            toUnmodifiableSet())))));
  }

  ApiKey toDomain(Grants rights) {
    return new ApiKey(
        new AccessKey(accessKey),
        new SecretHash(secretHash),
        new OrganizationId(organization),
        new ProjectId(defaultProject),
        rights,
        description,
        Optional.ofNullable(expiresAt));
  }

  KeyDetails toDetails(ApiKey key) {
    return new KeyDetails(
        key,
        configured ? ConfiguredBearer.idOf(key.accessKey()) : new ApplicationId(application),
        configured ? Origin.CONFIGURED : Origin.MADE,
        createdAt,
        updatedAt,
        Optional.ofNullable(lastUsedAt));
  }
}
