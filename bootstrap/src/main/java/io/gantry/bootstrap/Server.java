package io.gantry.bootstrap;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Singleton;

/** What the main thread does while requests are served. */
@Singleton
@Unremovable
final class Server implements QuarkusApplication {
  private final StartUp startUp;
  private final Announcement announcement;

  Server(StartUp startUp, Announcement announcement) {
    this.startUp = startUp;
    this.announcement = announcement;
  }

  /** Called when the port is open; returns when the process is asked to stop. */
  @Override
  public int run(String... arguments) {
    announcement.announce(startUp.keyOrigin());
    Quarkus.waitForExit();
    return 0;
  }
}
