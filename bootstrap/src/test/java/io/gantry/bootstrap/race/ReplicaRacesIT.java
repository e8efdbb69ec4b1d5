package io.gantry.bootstrap.race;

import io.gantry.bootstrap.database.DatabaseAddress;
import io.gantry.bootstrap.database.EmbeddedDatabase;
import io.gantry.bootstrap.process.GantryProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
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
  private EmbeddedDatabase database;
  private List<GantryProcess> processes = List.of();
  private Replicas replicas;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    database = EmbeddedDatabase.start(folder.resolve("database"));
    DatabaseAddress address = database.address();
    Path data = Files.createDirectory(folder.resolve("data"));
    String[] properties = {
      "quarkus.datasource.jdbc.url=" + address.jdbcUrl(),
      "quarkus.datasource.username=" + address.username(),
      "quarkus.datasource.password=" + address.password(),
      "gantry.bootstrap.secret-key=" + secret,
      "gantry.collect.interval=1s"
    };
    processes =
        List.of(
            GantryProcess.start(data, properties).awaitReady(),
            GantryProcess.start(data, properties).awaitReady());
    replicas =
        new Replicas(
            Stream.of(processes.getFirst(), processes.getLast()).map(p -> p.uri("/")).toList(),
            secret,
            data.resolve("blobs"));
  }

  @AfterAll
  void stop() throws IOException {
    for (GantryProcess process : processes) process.close();
    if (database != null) database.close();
  }

  @Override
  protected Replicas replicas() {
    return replicas;
  }
}
