package io.gantry.application;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Takes instants as the registry keeps them. */
public final class Instants {
  private Instants() {}

  /** Now, to the microsecond: what is answered at once is then what is read back later. */
  public static Instant now(Clock clock) {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
