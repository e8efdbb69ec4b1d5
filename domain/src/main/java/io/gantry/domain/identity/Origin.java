package io.gantry.domain.identity;

import io.gantry.domain.error.RegistryError.PreconditionFailed;
import io.gantry.domain.error.RegistryError.PreconditionFailed.Rule;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;

/** Where something comes from, and thereby whether it can be changed over the API. */
public enum Origin {
  /** Made over the API, or by the operator. */
  MADE,
  /** Given by configuration, which every start applies again. */
  CONFIGURED;

  public boolean isEditable() {
    return this == MADE;
  }

  /** {@code PreconditionFailed} for what comes from configuration. */
  public void requireEditable(ResourceType type) {
    if (isEditable()) return;
    throw new RegistryException(
        new PreconditionFailed(
            type,
            Rule.PROTECTED_RESOURCE,
            "it comes from the server's configuration and is changed there, not over the API"));
  }
}
