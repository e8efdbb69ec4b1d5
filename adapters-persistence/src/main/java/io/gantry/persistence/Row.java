package io.gantry.persistence;

/** A row of a result, whoever read it. */
@FunctionalInterface
public interface Row {
  /** The value of a column; null if the database has none. */
  <T> T get(String column, Class<T> type);
}
