package io.gantry.persistence.reclaim;

import io.gantry.persistence.Statements;
import java.util.function.Supplier;

/**
 * Goes round a table in slices of some thousand rows, so that a look for garbage costs the same
 * however large the table is; a small table is one slice. Thread-safe.
 *
 * <p>The first slice is at the beginning, so the first round looks at all of a small table. From
 * there it goes on anywhere, so that all rows have their turn though no process may live as long as
 * a way round takes. Each replica goes its own way.
 */
final class Slices {
  private final Statements statements;
  private final String endOf;
  private final String first;
  private final String last;
  private final Supplier<String> anywhere;

  private volatile String after;
  private volatile boolean onTheWay;

  /** Rows whose keys are greater than {@code after} and not greater than {@code to}. */
  record Slice(String after, String to) {}

  /**
   * Makes slices of a table.
   *
   * @param endOf finds the last key of the slice behind its one parameter, and nothing if fewer
   *     rows are left
   * @param first sorts before all keys
   * @param last sorts after all keys
   * @param anywhere a random key
   */
  Slices(
      Statements statements, String endOf, String first, String last, Supplier<String> anywhere) {
    this.statements = statements;
    this.endOf = endOf;
    this.first = first;
    this.last = last;
    this.anywhere = anywhere;
    this.after = first;
  }

  /** What to look at now; begins at the same row until that is {@link #done}. */
  Slice next() {
    String begin = after;
    return new Slice(
        begin,
        statements
            .query(endOf, parameters -> parameters.text(begin), row -> row.getString(1))
            .stream()
            .findFirst()
            .orElse(last));
  }

  /** Goes on behind a slice in which nothing is left to do. */
  void done(Slice slice) {
    boolean isLast = slice.to().equals(last);
    if (isLast) after = first;
    else after = onTheWay ? slice.to() : anywhere.get();
    onTheWay = true;
  }
}
