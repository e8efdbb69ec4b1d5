package io.gantry.bootstrap.client;

import io.gantry.bootstrap.process.GantryProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** A packaged server that is ready, by the name that clients reach it by. */
public final class Server implements AutoCloseable {
  private final GantryProcess process;

  private Server(GantryProcess process) {
    this.process = process;
  }

  /** Starts a server and waits until requests may be sent. */
  public static Server start(Path dataDirectory, String... properties) throws IOException {
    return new Server(GantryProcess.start(dataDirectory, properties).awaitReady());
  }

  public URI uri(String path) {
    return process.uri(path);
  }

  /** Host and port, as in the names of images. */
  public String authority() {
    return uri("/").getAuthority();
  }

  /** All that the server printed so far. */
  String output() {
    return process.output();
  }

  /** Ends the server at once, as kill -9 does. */
  public void kill() throws InterruptedException {
    process.kill();
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
