package io.gantry.bootstrap.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.bootstrap.running.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged server, run by {@code java -jar} on free ports and a given data directory. */
public final class GantryProcess implements AutoCloseable {
  private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Process process;
  private final Path output;
  private final int port;
  private final int managementPort;
  private final HttpClient http = HttpClient.newHttpClient();

  private GantryProcess(Process process, Path output, int port, int managementPort) {
    this.process = process;
    this.output = output;
    this.port = port;
    this.managementPort = managementPort;
  }

  /** Starts a server with these settings besides; it may not be ready, or fail, later. */
  public static GantryProcess start(Path dataDirectory, String... properties) throws IOException {
    return start(dataDirectory, List.of(properties), List.of());
  }

  /** Starts the process for a command, of which the data directory is made part. */
  static GantryProcess command(Path dataDirectory, String... words) throws IOException {
    var all = new ArrayList<>(List.of(words));
    all.add("--data-dir=" + dataDirectory);
    return start(dataDirectory.resolveSibling("not-used"), List.of(), all);
  }

  private static GantryProcess start(
      Path dataDirectory, List<String> properties, List<String> arguments) throws IOException {
    int port = freePort();
    int managementPort = freePort();
    var line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                // Compiling well what soon ends takes as long as starting it.
                "-XX:TieredStopAtLevel=1",
                "-Dgantry.data-dir=" + dataDirectory,
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.management.port=" + managementPort));
    for (String property : properties) {
      line.add("-D" + property);
    }
    line.addAll(List.of("-jar", JAR.toString()));
    line.addAll(arguments);
    Path output = Files.createTempFile("gantry-", ".out");
    var builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(GantryProcess::configures);
    return new GantryProcess(builder.start(), output, port, managementPort);
  }

  private static boolean configures(String variable) {
    return variable.startsWith("GANTRY_") || variable.startsWith("QUARKUS_");
  }

  /** Waits until requests may be sent and the server has said so. */
  public GantryProcess awaitReady() {
    Deadline.in(PATIENCE)
        .await(
            () -> hasAnnounced() || !process.isAlive(),
            () -> "the server is not ready:\n" + output());
    assertThat(process.isAlive()).as(output()).isTrue();
    return this;
  }

  public URI uri(String path) {
    return URI.create("http://localhost:" + port + path);
  }

  /** On the port for those who run the server. */
  public URI managementUri(String path) {
    return URI.create("http://localhost:" + managementPort + path);
  }

  /** What it counts, as Prometheus reads it. */
  public String metrics() throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(managementUri("/q/metrics")).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /** All that was printed so far. */
  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The files that it has in memory as code, the JVM's own included. */
  String mappedFiles() throws IOException {
    return Files.readString(Path.of("/proc", Long.toString(process.pid()), "maps"));
  }

  /** Asks the server to stop, as Ctrl-C or a service manager does, and returns its exit code. */
  int terminate() throws InterruptedException {
    process.destroy();
    return awaitExit();
  }

  /** Stops the server where it is, until it is resumed. */
  public void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  public void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
  }

  /** Ends the server at once, as kill -9 does. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    int _ = awaitExit();
  }

  int awaitExit() throws InterruptedException {
    boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(ended).as("the server ends; it printed:\n%s", output()).isTrue();
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    try {
      int _ = terminate();
      Files.deleteIfExists(output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean hasAnnounced() {
    return output().contains("Gantry is ready.") && isReady();
  }

  private boolean isReady() {
    var health = HttpRequest.newBuilder(managementUri("/q/health/ready")).build();
    try {
      return http.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
