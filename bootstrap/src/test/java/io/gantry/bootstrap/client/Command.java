package io.gantry.bootstrap.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program, its first arguments, its environment and where it runs; each run adds the arguments
 * that differ.
 */
record Command(List<String> line, Map<String, String> environment, Path folder) {
  private static final int PATIENCE_SECONDS = 120;

  /** How a run ended, and all that it printed. */
  record Outcome(List<String> line, int exitCode, String output) {
    /** What was printed, without the white space around it. */
    String succeeds() {
      assertThat(exitCode).as("%s printed:%n%s", line, output).isZero();
      return output.strip();
    }

    void fails() {
      assertThat(exitCode).as("%s printed:%n%s", line, output).isNotZero();
    }
  }

  Command {
    line = List.copyOf(line);
    environment = Map.copyOf(environment);
  }

  static Command of(String... line) {
    return new Command(List.of(line), Map.of(), Path.of(""));
  }

  /** Every program of this name on the path, first the one that a shell would run. */
  static List<Path> installed(String name) {
    return List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)).stream()
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .toList();
  }

  Command with(String variable, String value) {
    var more = new HashMap<>(environment);
    more.put(variable, value);
    return new Command(line, more, folder);
  }

  Command in(Path other) {
    return new Command(line, environment, other);
  }

  Outcome run(String... arguments) throws IOException, InterruptedException {
    return run(new byte[0], arguments);
  }

  /** Runs to the end, with {@code input} on standard input. */
  Outcome run(byte[] input, String... arguments) throws IOException, InterruptedException {
    var all = new ArrayList<>(line);
    all.addAll(List.of(arguments));
    Path stdin = Files.createTempFile("command-", ".in");
    Path output = Files.createTempFile("command-", ".out");
    try {
      Files.write(stdin, input);
      Process process = start(all, stdin, output);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(all + " does not end; it printed:\n" + Files.readString(output));
      }
      return new Outcome(all, process.exitValue(), Files.readString(output));
    } finally {
      Files.delete(stdin);
      Files.delete(output);
    }
  }

  /** Whether it can be run and succeeds. */
  boolean works(String... arguments) {
    try {
      return run(arguments).exitCode() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Starts what does not end by itself. */
  Process start(Path output) throws IOException {
    return start(line, Path.of("/dev/null"), output);
  }

  private Process start(List<String> all, Path stdin, Path output) throws IOException {
    var builder = new ProcessBuilder(all).redirectErrorStream(true);
    builder.redirectInput(stdin.toFile()).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    builder.directory(folder.toAbsolutePath().toFile());
    return builder.start();
  }
}
