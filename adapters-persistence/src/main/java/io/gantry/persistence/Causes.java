package io.gantry.persistence;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Walks from an exception to what caused it. */
final class Causes {
  private Causes() {}

  /**
   * {@code failure} and all its causes, outermost first, then what was suppressed on the way, which
   * is where the transaction manager puts what the database said to a commit. Ends even if they
   * form a circle.
   */
  static Iterable<Throwable> of(Throwable failure) {
    Set<Throwable> found = new LinkedHashSet<>();
    Deque<Throwable> later = new ArrayDeque<>(List.of(failure));
    while (!later.isEmpty()) {
      @Nullable Throwable next = later.remove();
      while (next != null && found.add(next)) {
        later.addAll(List.of(next.getSuppressed()));
        next = next.getCause();
      }
    }
    return found;
  }
}
