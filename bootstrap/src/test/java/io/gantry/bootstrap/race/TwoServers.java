package io.gantry.bootstrap.race;

import io.gantry.bootstrap.database.DatabaseAddress;
import io.gantry.bootstrap.database.EmbeddedDatabase;
import io.gantry.bootstrap.process.GantryProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Two replicas of one registry, as processes on one database and one folder. */
final class TwoServers implements AutoCloseable {
  private final EmbeddedDatabase database;
  private final Path data;
  private final List<GantryProcess> processes;

  private TwoServers(EmbeddedDatabase database, Path data, List<GantryProcess> processes) {
    this.database = database;
    this.data = data;
    this.processes = processes;
  }

  /** Starts both, one after the other, with the secret of the first key and these settings. */
  static TwoServers start(Path folder, String secret, String... settings) throws IOException {
    EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("database"));
    DatabaseAddress address = database.address();
    Path data = Files.createDirectory(folder.resolve("data"));
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("quarkus.datasource.jdbc.url=" + address.jdbcUrl());
    all.add("quarkus.datasource.username=" + address.username());
    all.add("quarkus.datasource.password=" + address.password());
    all.add("gantry.bootstrap.secret-key=" + secret);
    all.add("gantry.collect.interval=1s");
    String[] properties = all.toArray(String[]::new);
    return new TwoServers(
        database,
        data,
        List.of(
            GantryProcess.start(data, properties).awaitReady(),
            GantryProcess.start(data, properties).awaitReady()));
  }

  List<GantryProcess> processes() {
    return processes;
  }

  /** A session beside those of the servers, with the defaults of PostgreSQL. */
  Connection connect() throws SQLException {
    DatabaseAddress address = database.address();
    return DriverManager.getConnection(address.jdbcUrl(), address.username(), address.password());
  }

  /** The folder where both keep their files. */
  Path blobs() {
    return data.resolve("blobs");
  }

  @Override
  public void close() throws IOException {
    for (GantryProcess process : processes) process.close();
    database.close();
  }
}
