package io.gantry.persistence;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Reads what the database objected to out of the exceptions that wrap it. */
public final class Constraints {
  private Constraints() {}

  /** The name of the constraint that {@code failure} reports as violated. */
  public static Optional<String> violatedBy(Throwable failure) {
    for (Throwable t : Causes.of(failure)) {
      if (t instanceof PSQLException e) {
        @Nullable ServerErrorMessage message = e.getServerErrorMessage();
        if (message != null && message.getConstraint() != null) {
          return Optional.of(message.getConstraint());
        }
      }
    }
    return Optional.empty();
  }

  /** Whether {@code failure} reports the constraint with this name as violated. */
  public static boolean violates(Throwable failure, String constraint) {
    return violatedBy(failure).filter(constraint::equals).isPresent();
  }

  /** The SQLSTATE code that {@code failure} reports. */
  public static Optional<String> sqlState(Throwable failure) {
    for (Throwable t : Causes.of(failure)) {
      if (t instanceof SQLException e && e.getSQLState() != null) {
        return Optional.of(e.getSQLState());
      }
    }
    return Optional.empty();
  }
}
