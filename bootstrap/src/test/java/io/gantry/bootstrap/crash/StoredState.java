package io.gantry.bootstrap.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** A data directory seen from below: its files, and what the embedded database says of them. */
record StoredState(Path data) {
  private static final int LINE_OF_PORT = 3;
  private static final String NAMED_KEYS =
      """
      select storage_key from blob
      union all select storage_key from upload where storage_key is not null
      union all select storage_key from tombstone""";

  /** Ends the database at once, as kill -9 does, with every process of it. */
  void killDatabase() throws IOException {
    long postmaster = Long.parseLong(postmasterLines().getFirst().strip());
    ProcessHandle.of(postmaster)
        .ifPresent(
            process -> {
              List<ProcessHandle> children = process.descendants().toList();
              boolean _ = process.destroyForcibly();
              children.forEach(ProcessHandle::destroyForcibly);
            });
  }

  List<Path> files() throws IOException {
    try (Stream<Path> paths = Files.walk(data.resolve("blobs"))) {
      return paths.filter(Files::isRegularFile).filter(path -> !isHidden(path)).toList();
    }
  }

  /**
   * Files that no row names. The files are listed first: a row is there before its file and stays
   * longer.
   */
  List<Path> unnamedFiles() throws IOException, SQLException {
    List<Path> files = files();
    Set<String> named = namedKeys();
    return files.stream()
        .filter(file -> !named.contains(file.getFileName().toString()))
        .filter(Files::exists)
        .toList();
  }

  /** Blobs whose file is missing or of another size. */
  List<String> brokenBlobs() throws IOException, SQLException {
    var broken = new ArrayList<String>();
    try (Connection connection = connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select digest, size, storage_key from blob")) {
      while (rows.next()) {
        Path file = file(rows.getObject("storage_key", UUID.class));
        if (Files.notExists(file) || Files.size(file) != rows.getLong("size")) {
          broken.add(rows.getString("digest") + " in " + file);
        }
      }
    }
    return broken;
  }

  long blobs() throws IOException, SQLException {
    try (Connection connection = connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select count(*) from blob")) {
      boolean _ = rows.next();
      return rows.getLong(1);
    }
  }

  private Set<String> namedKeys() throws IOException, SQLException {
    var keys = new HashSet<String>();
    try (Connection connection = connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(NAMED_KEYS)) {
      while (rows.next()) {
        keys.add(rows.getString(1));
      }
    }
    return keys;
  }

  private Path file(UUID key) {
    String name = key.toString();
    return data.resolve("blobs").resolve(name.substring(name.length() - 2)).resolve(name);
  }

  private Connection connect() throws IOException, SQLException {
    String port = postmasterLines().get(LINE_OF_PORT).strip();
    String password = Files.readString(data.resolve("postgres-password")).strip();
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres?sslmode=disable", "gantry", password);
  }

  private List<String> postmasterLines() throws IOException {
    return Files.readAllLines(data.resolve("postgres/postmaster.pid"));
  }

  private static boolean isHidden(Path path) {
    return path.getFileName().toString().startsWith(".");
  }
}
