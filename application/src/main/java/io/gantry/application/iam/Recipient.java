package io.gantry.application.iam;

import io.gantry.domain.identity.ApplicationId;
import java.util.Optional;

/** Whom a policy shall give the rights of its rules. */
public sealed interface Recipient {

  record Nobody() implements Recipient {}

  record OneApplication(ApplicationId id) implements Recipient {}

  default Optional<ApplicationId> application() {
    return switch (this) {
      case Nobody() -> Optional.empty();
      case OneApplication(ApplicationId id) -> Optional.of(id);
    };
  }
}
