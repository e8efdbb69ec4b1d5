package io.gantry.bootstrap.running;

import io.gantry.bootstrap.database.DatabaseAddress;
import io.gantry.bootstrap.database.EmbeddedDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gives the server under test an embedded database, a data directory and ports of its own. */
public final class PostgresTestResource implements QuarkusTestResourceLifecycleManager {
  /** The key the server under test is configured with. */
  public static final String SECRET_KEY = "11111111-2222-4333-8444-555555555555";

  public static final String PROJECT_ID = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";

  private @Nullable Path directory;
  private @Nullable EmbeddedDatabase database;

  /** For the test framework. */
  public PostgresTestResource() {}

  @Override
  public Map<String, String> start() {
    try {
      directory = Files.createTempDirectory("gantry-test-");
      database = EmbeddedDatabase.start(directory);
      DatabaseAddress address = database.address();
      int port = freePort();
      return Map.ofEntries(
          Map.entry("quarkus.datasource.jdbc.url", address.jdbcUrl()),
          Map.entry("quarkus.datasource.username", address.username()),
          Map.entry("quarkus.datasource.password", address.password()),
          Map.entry("quarkus.http.test-port", Integer.toString(port)),
          Map.entry("quarkus.http.port", Integer.toString(port)),
          Map.entry("quarkus.management.test-port", "0"),
          Map.entry("gantry.data-dir", directory.toString()),
          Map.entry("gantry.keys-file", Tenants.writeTo(directory).toString()),
          Map.entry("gantry.bootstrap.secret-key", SECRET_KEY),
          Map.entry("gantry.bootstrap.project-id", PROJECT_ID));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    if (database != null) database.close();
    if (directory != null) delete(directory);
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
