package io.gantry.bootstrap.running;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * What PostgreSQL is made to execute, from its own log: whatever sends it, and BEGIN and COMMIT
 * too.
 */
final class StatementLog implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern STATEMENT =
      Pattern.compile("LOG:  (?:execute [^:]*|statement): *(\\w+)");

  private final DataSource database;
  private final Path log;

  private StatementLog(DataSource database, Path log) {
    this.database = database;
    this.log = log;
  }

  /** Begins to log, in a server that keeps its log in this folder. */
  static StatementLog of(DataSource database, Path folder) {
    StatementLog statements = new StatementLog(database, folder.resolve("postgres.log"));
    statements.execute("alter system set log_statement = 'all'", "select pg_reload_conf()");
    String probe = "select '" + UUID.randomUUID() + "'";
    Deadline.in(PATIENCE).await(() -> statements.logs(probe), () -> "statements are not logged");
    return statements;
  }

  /** The first words of the statements that were executed while {@code work} ran. */
  List<String> during(Runnable work) {
    int before = text().length();
    work.run();
    List<String> words = new ArrayList<>();
    Matcher matcher = STATEMENT.matcher(text().substring(before));
    while (matcher.find()) words.add(matcher.group(1));
    return words;
  }

  @Override
  public void close() {
    execute("alter system reset log_statement", "select pg_reload_conf()");
  }

  private boolean logs(String sql) {
    execute(sql);
    return text().contains(sql);
  }

  private void execute(String... statements) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        var _ = statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private String text() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
