package io.gantry.persistence;

/**
 * Is told what units of work do to each other in the database. May be called by many threads at
 * once.
 */
public interface ConflictMeter {
  /** Work is run again, because the database gave it up in favour of other work. */
  void repeated();

  /** Other work was in the way too often or too long, so that the caller has to try again. */
  void gaveUp();
}
