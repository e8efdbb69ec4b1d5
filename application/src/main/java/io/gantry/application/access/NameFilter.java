package io.gantry.application.access;

import io.gantry.domain.error.RegistryException;
import java.util.Optional;
import java.util.function.Function;

/**
 * A list's filter by exact name. Any text may be asked for: one that cannot be a name matches
 * nothing, which is not an error.
 */
public sealed interface NameFilter {
  /** No filter. */
  record Any() implements NameFilter {}

  /** Only what has exactly this name. */
  record Exactly(String text) implements NameFilter {}

  /** No filter if the text is empty, as in a query parameter without value. */
  static NameFilter of(String text) {
    return text.isEmpty() ? new Any() : new Exactly(text);
  }

  /** Whether this is a name that is asked for. */
  default boolean matches(String name) {
    return switch (this) {
      case Any _ -> true;
      case Exactly(String text) -> text.equals(name);
    };
  }

  /** Whether the filter can match anything, given how names are read. */
  default boolean isPossible(Function<String, ?> reader) {
    return this instanceof Any || name(reader).isPresent();
  }

  /** The name to match; empty without a filter, and for what is not a name. */
  default <N> Optional<N> name(Function<String, N> reader) {
    return switch (this) {
      case Any _ -> Optional.empty();
      case Exactly(String text) -> {
        try {
          yield Optional.of(reader.apply(text));
        } catch (RegistryException e) {
          yield Optional.empty();
        }
      }
    };
  }
}
