package io.gantry.bootstrap.database;

import io.gantry.bootstrap.failure.StartFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs PostgreSQL's programs to their end.
 *
 * <p>They refuse to run as root, and as a user without a name. For those they run in a user
 * namespace of their own, where the same user is called nobody; files keep their owner.
 */
final class PostgresCommand {
  private static final List<String> AS_NOBODY = List.of("unshare", "--user");

  private final PostgresBinaries binaries;
  private final List<String> prefix;

  private PostgresCommand(PostgresBinaries binaries, List<String> prefix) {
    this.binaries = binaries;
    this.prefix = prefix;
  }

  static PostgresCommand of(PostgresBinaries binaries) throws IOException {
    return new PostgresCommand(binaries, isRoot() || isNameless() ? AS_NOBODY : List.of());
  }

  /**
   * Runs {@code program} and waits for its end.
   *
   * @param output what it prints is added to this file
   * @return its exit code
   */
  int run(Path output, Duration patience, String program, String... arguments) throws IOException {
    var line = new ArrayList<>(prefix);
    line.add(binaries.program(program).toString());
    line.addAll(List.of(arguments));
    var builder = new ProcessBuilder(line);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    Files.writeString(
        output,
        "gantry: " + String.join(" ", line) + System.lineSeparator(),
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    Process process = builder.start();
    return await(process, program, patience);
  }

  /** Fails with advice if programs cannot be run here at all. */
  void check(Path output) throws IOException {
    int exitCode = exitCodeOfVersion(output);
    if (exitCode == 0) return;
    if (prefix.isEmpty()) {
      throw StartFailure.failed(
          "PostgreSQL's programs do not run on this machine; see "
              + output
              + ". Set quarkus.datasource.jdbc.url to a PostgreSQL of your own.");
    }
    throw StartFailure.failed(
        "PostgreSQL runs neither as root nor as a user without a name, and this machine allows no"
            + " user namespace (unshare --user) to run it in. Start Gantry as another user (in a"
            + " container: one that is in its /etc/passwd), allow user namespaces, or set"
            + " quarkus.datasource.jdbc.url to a PostgreSQL of your own.");
  }

  private int exitCodeOfVersion(Path output) throws IOException {
    try {
      return run(output, Duration.ofSeconds(20), "postgres", "--version");
    } catch (IOException e) {
      Files.writeString(output, "gantry: " + e + System.lineSeparator(), StandardOpenOption.APPEND);
      return -1;
    }
  }

  private static int await(Process process, String program, Duration patience) throws IOException {
    try {
      if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) return process.exitValue();
      process.destroyForcibly();
      throw new IOException(program + " did not end within " + patience.toSeconds() + " s");
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + program + " ran", e);
    }
  }

  /** As in a container that is given the number of a user it does not know. */
  private static boolean isNameless() {
    return System.getProperty("user.name", "?").equals("?");
  }

  private static boolean isRoot() throws IOException {
    Path self = Path.of("/proc/self");
    return Files.exists(self) && Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid"));
  }
}
