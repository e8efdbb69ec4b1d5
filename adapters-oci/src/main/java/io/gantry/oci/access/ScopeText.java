package io.gantry.oci.access;

import io.gantry.domain.access.Action;
import io.gantry.domain.access.Scope;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The scope texts of the token protocol: {@code repository:<name>:<actions>} and {@code
 * registry:catalog:*}. Several may stand in one text, separated by spaces. Types and actions that
 * are not ours are passed over.
 */
final class ScopeText {
  private static final int MAX_SCOPES = 64;
  private static final int MAX_LENGTH = 1024;
  private static final String CATALOG = "registry:catalog:*";
  private static final Set<Action> ALL = EnumSet.of(Action.PULL, Action.PUSH, Action.DELETE);

  private ScopeText() {}

  static List<Scope> parse(List<String> texts) {
    return texts.stream()
        .flatMap(text -> Stream.of(text.split(" ", -1)))
        .filter(text -> !text.isEmpty() && text.length() <= MAX_LENGTH)
        .limit(MAX_SCOPES)
        .map(ScopeText::parseOne)
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Scope> parseOne(String text) {
    int first = text.indexOf(':');
    int last = text.lastIndexOf(':');
    if (first < 0 || first == last) return Optional.empty();
    String type = text.substring(0, first);
    if (text.equals(CATALOG)) return Optional.of(Scope.CATALOG);
    if (!type.equals("repository") && !type.startsWith("repository(")) return Optional.empty();
    EnumSet<Action> actions = EnumSet.noneOf(Action.class);
    for (String action : text.substring(last + 1).split(",", -1)) {
      switch (action) {
        case "pull" -> actions.add(Action.PULL);
        case "push" -> actions.add(Action.PUSH);
        case "delete" -> actions.add(Action.DELETE);
        case "*" -> actions.addAll(ALL);
        default -> {}
      }
    }
    return Optional.of(new Scope(text.substring(first + 1, last), actions));
  }

  /** As a challenge says it. */
  static String write(Scope scope) {
    if (scope.equals(Scope.CATALOG)) return CATALOG;
    return "repository:"
        + scope.repository()
        + ":"
        + String.join(
            ",",
            scope.actions().stream().sorted().map(a -> a.name().toLowerCase(Locale.ROOT)).toList());
  }
}
