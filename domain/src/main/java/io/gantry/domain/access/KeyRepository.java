package io.gantry.domain.access;

import java.util.List;
import java.util.Optional;

/** Stores projects and API keys. */
public interface KeyRepository {

  Optional<ApiKey> findBySecret(SecretHash secretHash);

  Optional<ApiKey> findByAccessKey(AccessKey accessKey);

  Optional<Project> findProject(ProjectId id);

  /** As {@link #findProject}, and it stays until the end of the transaction. */
  Optional<Project> findProjectLocked(ProjectId id);

  /** The projects of an organization. */
  List<ProjectId> projectsOf(OrganizationId organization);

  /**
   * Makes these the projects and keys that come from configuration: adds and changes what is given,
   * removes keys that came from configuration before and are not given any more. Projects are never
   * removed, because namespaces belong to them.
   */
  void replaceConfigured(List<Project> projects, List<ApiKey> keys);

  /** Whether there is any key at all. */
  boolean anyKey();
}
