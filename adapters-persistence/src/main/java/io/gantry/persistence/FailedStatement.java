package io.gantry.persistence;

import java.io.Serial;
import java.sql.SQLException;

/** What the database, the pool or the driver said instead of doing a statement. */
public final class FailedStatement extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  FailedStatement(SQLException cause) {
    super(cause);
  }
}
