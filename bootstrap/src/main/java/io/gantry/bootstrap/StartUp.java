package io.gantry.bootstrap;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.gantry.bootstrap.access.ConfiguredKeys;
import io.gantry.bootstrap.access.KeyOrigin;
import io.gantry.bootstrap.operator.KeyLine;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.CommandLineArguments;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** What happens between the migration of the database and the opening of the port. */
@Singleton
final class StartUp {
  private final AgroalDataSource database;
  private final ConfiguredKeys keys;
  private final Event<Serving> serving;
  private final boolean isForCommand;
  private volatile @Nullable KeyOrigin origin;

  StartUp(
      AgroalDataSource database,
      ConfiguredKeys keys,
      Event<Serving> serving,
      @CommandLineArguments String[] arguments) {
    this.database = database;
    this.keys = keys;
    this.serving = serving;
    this.isForCommand = KeyLine.isMeantBy(arguments);
  }

  /**
   * A command leaves the configured keys as they are: its configuration need not be the server's.
   */
  void begin(@Observes StartupEvent event) {
    database.flush(FlushMode.GRACEFUL); // the migration took the limits off the sessions it had
    if (isForCommand) return;
    origin = keys.store();
    serving.fire(new Serving());
  }

  /** Where the keys came from that this start stored. */
  KeyOrigin keyOrigin() {
    KeyOrigin known = origin;
    if (known == null) throw new IllegalStateException("the start has not come that far");
    return known;
  }
}
