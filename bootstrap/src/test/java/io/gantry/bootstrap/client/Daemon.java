package io.gantry.bootstrap.client;

import io.gantry.bootstrap.running.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A program that a client works through, of the test's own. */
record Daemon(Process process) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Starts it, and returns when it answers. */
  static Daemon start(Command command, Path log, BooleanSupplier answers) throws Exception {
    Daemon daemon = new Daemon(command.start(log));
    try {
      daemon.await(answers, command.line().getFirst(), log);
      return daemon;
    } catch (AssertionError e) {
      daemon.stop();
      throw e;
    }
  }

  private void await(BooleanSupplier answers, String name, Path log) {
    Deadline.in(PATIENCE)
        .await(
            () -> answers.getAsBoolean() || !process.isAlive(),
            () -> name + " does not answer:\n" + read(log));
    if (!process.isAlive()) throw new AssertionError(name + " ended:\n" + read(log));
  }

  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) process.destroyForcibly();
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
