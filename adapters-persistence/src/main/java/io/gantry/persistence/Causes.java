package io.gantry.persistence;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Walks from an exception to what caused it. */
final class Causes {
  private Causes() {}

  /** {@code failure} and all its causes, outermost first; ends even if they form a circle. */
  static Iterable<Throwable> of(Throwable failure) {
    Set<Throwable> chain = new LinkedHashSet<>();
    @Nullable Throwable next = failure;
    while (next != null && chain.add(next)) next = next.getCause();
    return chain;
  }
}
