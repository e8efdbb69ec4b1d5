package io.gantry.bootstrap.operator;

import io.gantry.domain.identity.KeyDetails;
import io.gantry.domain.identity.Origin;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keys as lines of text; what is of no fixed width comes last. */
final class KeyTable {
  private static final String ROW = "%-20s  %-10s  %-20s  %-20s  %-36s  %-36s  %s";

  private KeyTable() {}

  static List<String> of(List<KeyDetails> keys) {
    List<String> lines = new ArrayList<>();
    lines.add(
        ROW.formatted(
            "ACCESS KEY",
            "FROM",
            "EXPIRES",
            "LAST USED",
            "ORGANIZATION",
            "APPLICATION",
            "DESCRIPTION"));
    keys.forEach(key -> lines.add(row(key)));
    return lines.stream().map(String::stripTrailing).toList();
  }

  private static String row(KeyDetails details) {
    return ROW.formatted(
        details.key().accessKey(),
        details.origin() == Origin.CONFIGURED ? "configured" : "made",
        time(details.key().expiresAt()),
        time(details.lastUsedAt()),
        details.key().organization(),
        details.bearer(),
        onOneLine(details.key().description()));
  }

  private static String time(Optional<Instant> time) {
    return time.map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("never");
  }

  /** A description is anybody's text: it must not look like rows, nor steer the terminal. */
  private static String onOneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }
}
