package io.gantry.bootstrap.race;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Races between two replicas on one database and one folder. */
@TestInstance(Lifecycle.PER_CLASS)
@NullUnmarked // the framework calls start first
final class ReplicaRacesIT extends RacesContract {
  private final String secret = UUID.randomUUID().toString();
  private TwoServers servers;
  private Replicas replicas;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    servers = TwoServers.start(folder, secret);
    replicas =
        new Replicas(
            servers.processes().stream().map(process -> process.uri("/")).toList(),
            secret,
            servers.blobs());
  }

  @AfterAll
  void stop() throws IOException {
    if (servers != null) servers.close();
  }

  @Override
  protected Replicas replicas() {
    return replicas;
  }
}
