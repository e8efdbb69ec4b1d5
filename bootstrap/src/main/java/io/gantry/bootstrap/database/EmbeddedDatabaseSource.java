package io.gantry.bootstrap.database;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Tells the framework where the embedded database is. Static, because the framework makes its own
 * instance; ranks below everything that a person can set.
 */
public final class EmbeddedDatabaseSource implements ConfigSource {
  public static final String NAME = "embedded database";
  private static final int BELOW_ALL_FILES = 90;
  private static final AtomicReference<Map<String, String>> VALUES =
      new AtomicReference<>(Map.of());

  /** For the service loader. */
  public EmbeddedDatabaseSource() {}

  /** From now on, configuration that is read names this database. */
  public static void publish(DatabaseAddress address) {
    VALUES.set(
        Map.of(
            "quarkus.datasource.jdbc.url", address.jdbcUrl(),
            "quarkus.datasource.username", address.username(),
            "quarkus.datasource.password", address.password()));
  }

  @Override
  public Set<String> getPropertyNames() {
    return VALUES.get().keySet();
  }

  @Override
  public @Nullable String getValue(String name) {
    return VALUES.get().get(name);
  }

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public int getOrdinal() {
    return BELOW_ALL_FILES;
  }
}
