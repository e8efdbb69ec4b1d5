package io.gantry.grpc.call;

import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryException;

/** What came as the request of a call: a message, or something that is none. */
sealed interface Received<Q> {
  record Parsed<Q>(Q message) implements Received<Q> {}

  record Unreadable<Q>(RegistryError why) implements Received<Q> {}

  /** The message; a {@code RegistryException} that says why if there is none. */
  default Q orThrow() {
    return switch (this) {
      case Parsed<Q>(Q message) -> message;
      case Unreadable<Q>(RegistryError why) -> throw new RegistryException(why);
    };
  }
}
