package io.gantry.domain.identity;

import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stores API keys as they are managed, those from configuration among them. */
public interface KeyDetailsRepository {

  Optional<KeyDetails> find(AccessKey accessKey);

  /** As {@link #find}, and nobody else changes it until the end of the transaction. */
  Optional<KeyDetails> findLocked(AccessKey accessKey);

  /** All of an organization, in no particular order. */
  List<KeyDetails> ofOrganization(OrganizationId organization);

  /** Adds a key that was made; its rights are those its bearer has. */
  void add(KeyDetails key);

  /** Stores description, default project, expiry and update time of a key that is there. */
  void update(KeyDetails key);

  void remove(AccessKey accessKey);

  /** Remembers when keys were used, unless a later time is known. Unknown keys are passed over. */
  void markUsed(Map<AccessKey, Instant> lastUses);
}
