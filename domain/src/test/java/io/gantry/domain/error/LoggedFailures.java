package io.gantry.domain.error;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a class logs that was thrown. */
public final class LoggedFailures {
  private LoggedFailures() {}

  /** By the logger of this class, while something is done. */
  public static List<Throwable> of(Class<?> logging, Runnable work) {
    List<Throwable> thrown = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord one) {
            thrown.add(one.getThrown());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger(logging.getName());
    logger.addHandler(handler);
    try {
      work.run();
    } finally {
      logger.removeHandler(handler);
    }
    return thrown;
  }
}
