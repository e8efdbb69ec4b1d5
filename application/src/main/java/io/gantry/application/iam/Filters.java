package io.gantry.application.iam;

import io.gantry.domain.identity.Label;
import java.util.Optional;
import java.util.Set;

/** Filters of lists, of which an absent one lets everything through. */
final class Filters {
  private Filters() {}

  static <T> boolean same(Optional<T> wanted, T value) {
    return wanted.isEmpty() || wanted.get().equals(value);
  }

  /** Whether it is among those wanted; all are if none is named. */
  static <T> boolean oneOf(Set<T> wanted, T value) {
    return wanted.isEmpty() || wanted.contains(value);
  }

  /** Whether one of the tags contains this text. */
  static boolean tagged(Optional<String> text, Label label) {
    return text.isEmpty() || label.tags().stream().anyMatch(tag -> tag.contains(text.get()));
  }
}
