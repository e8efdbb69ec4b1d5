package io.gantry.persistence.paging;

import jakarta.persistence.Tuple;

/**
 * How many rows a list has.
 *
 * @param total all of them
 * @param deleting those in status {@code DELETING}
 */
public record Counts(long total, long deleting) {
  /** A page that begins before this row is quicker read from the beginning than counted for. */
  public static final int WORTH_KNOWING = 5_000;

  /** For pages so near to the beginning that nobody need know. */
  public static final Counts UNKNOWN = new Counts(Long.MAX_VALUE, 0);

  public static Counts of(Tuple row) {
    return new Counts(row.get("total", Long.class), row.get("deleting", Long.class));
  }
}
