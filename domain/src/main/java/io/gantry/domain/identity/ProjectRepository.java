package io.gantry.domain.identity;

import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.ProjectId;
import java.util.List;
import java.util.Optional;

/** Stores projects as they are managed. */
public interface ProjectRepository {

  Optional<ProjectDetails> find(ProjectId id);

  /** As {@link #find}; until the end of the transaction it stays, and nobody else gets it so. */
  Optional<ProjectDetails> findLocked(ProjectId id);

  /** All of an organization, in no particular order. */
  List<ProjectDetails> ofOrganization(OrganizationId organization);

  /** All organizations that have a project, in the order of their ids. */
  List<OrganizationId> organizations();

  void add(ProjectDetails project);

  /** Stores name, description and update time of a project that is there. */
  void update(ProjectDetails project);

  ProjectUse useOf(ProjectId id);

  /** Removes it, and its mention in rules. */
  void remove(ProjectId id);
}
