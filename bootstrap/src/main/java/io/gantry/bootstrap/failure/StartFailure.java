package io.gantry.bootstrap.failure;

import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * Stops the start. The message is all that is to be shown: it says what is wrong and what to
 * change. A configuration exception, because of those alone the framework logs no stack trace.
 */
public final class StartFailure extends ConfigurationException {
  private static final int FAILED = 1;
  private static final int MISCONFIGURED = 2;

  private final int exitCode;

  private StartFailure(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  /** What was configured cannot be used. The message names the key or the file. */
  public static StartFailure misconfigured(String message) {
    return new StartFailure(message, MISCONFIGURED);
  }

  /** The machine does not let the server start. */
  public static StartFailure failed(String message) {
    return new StartFailure(message, FAILED);
  }

  public int exitCode() {
    return exitCode;
  }
}
