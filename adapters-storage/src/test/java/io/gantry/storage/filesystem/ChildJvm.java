package io.gantry.storage.filesystem;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process that runs a {@code main} of these tests; it dies with {@link #close}. */
final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private ChildJvm(Process process) {
    this.process = process;
    this.output = process.inputReader(UTF_8);
  }

  static ChildJvm start(Class<?> main, String... arguments) throws IOException {
    return new ChildJvm(builder(command(main, arguments)).start());
  }

  static ProcessBuilder builder(List<String> command) {
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  static List<String> command(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** The next line it prints; empty at its end. */
  String line() throws IOException {
    String line = output.readLine();
    return line == null ? "" : line;
  }

  /** Ends it without giving it a chance to clean up. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() throws IOException {
    kill();
    output.close();
  }
}
