package io.gantry.domain.identity;

import io.gantry.domain.access.OrganizationId;
import java.util.List;
import java.util.Optional;

/** Stores applications; those of configured keys are none, see {@link ConfiguredBearer}. */
public interface ApplicationRepository {

  Optional<Application> find(ApplicationId id);

  /** As {@link #find}; until the end of the transaction it stays. */
  Optional<Application> findLocked(ApplicationId id);

  /** All of an organization, in no particular order. */
  List<Application> ofOrganization(OrganizationId organization);

  void add(Application application);

  /** Stores the label and update time of an application that is there. */
  void update(Application application);

  /** Removes it with its API keys; policies stay, for nobody. */
  void remove(ApplicationId id);
}
