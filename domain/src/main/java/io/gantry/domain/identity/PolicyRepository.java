package io.gantry.domain.identity;

import io.gantry.domain.access.OrganizationId;
import java.util.List;
import java.util.Optional;

/** Stores policies; those of configured keys are none, see {@link ConfiguredBearer}. */
public interface PolicyRepository {

  Optional<Policy> find(PolicyId id);

  /** As {@link #find}; until the end of the transaction nobody else gets it so. */
  Optional<Policy> findLocked(PolicyId id);

  /** All of an organization, in no particular order. */
  List<Policy> ofOrganization(OrganizationId organization);

  /** Those that give an application its rights. */
  List<Policy> ofApplication(ApplicationId application);

  void add(Policy policy);

  /** Stores a policy that is there, with its rules. */
  void update(Policy policy);

  void remove(PolicyId id);
}
