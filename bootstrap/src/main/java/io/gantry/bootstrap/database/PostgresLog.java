package io.gantry.bootstrap.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Where the server writes what it has to say, which is little: failed statements are reported to
 * whoever sent them instead. At a start a long file is kept as the previous one.
 */
final class PostgresLog {
  private static final long LONG = 4L * 1024 * 1024;

  private PostgresLog() {}

  static Path in(Path directory) throws IOException {
    Path log = directory.resolve("postgres.log");
    if (Files.exists(log) && Files.size(log) > LONG) {
      Files.move(
          log, directory.resolve("postgres.previous.log"), StandardCopyOption.REPLACE_EXISTING);
    }
    return log;
  }
}
