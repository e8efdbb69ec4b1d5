package io.gantry.bootstrap;

import io.gantry.bootstrap.configuration.Configuration;
import io.gantry.bootstrap.configuration.GantryConfig;
import io.gantry.bootstrap.database.EmbeddedDatabase;
import io.gantry.bootstrap.database.EmbeddedDatabaseSource;
import io.gantry.bootstrap.failure.StartFailure;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.config.ConfigValidationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The server process: reads the configuration, starts the embedded database if no other is
 * configured, then the framework, and stops them in the opposite order, however the end comes.
 */
@QuarkusMain
public final class Gantry {
  /** Longer than draining requests and a fast stop of the database may take together. */
  private static final long LONGEST_STOP_SECONDS = 120;

  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean stopping;

  private Gantry() {}

  public static void main(String... arguments) {
    // A request whose query cannot be decoded is answered by its face, not by an empty 400.
    System.setProperty("vertx.disableURIValidation", "true");
    System.exit(new Gantry().run(arguments));
  }

  /** Returns the exit code when everything that was started has stopped. */
  private int run(String... arguments) {
    Runtime.getRuntime().addShutdownHook(new Thread(this::awaitStop, "await-stop"));
    try {
      Configuration configuration = Configuration.read();
      for (String name : configuration.unknownVariables()) {
        System.err.println("gantry: the environment variable " + name + " is no key of Gantry");
      }
      limitCalls(configuration.gantry());
      return configuration.namesDatabase()
          ? serve(arguments)
          : serveWithDatabase(configuration, arguments);
    } catch (StartFailure e) {
      System.err.println("gantry: " + e.getMessage());
      return e.exitCode();
    } finally {
      stopped.countDown();
    }
  }

  /** What is larger by its own account is refused before it is read; the server wants a number. */
  private static void limitCalls(GantryConfig config) {
    System.setProperty(
        "quarkus.grpc.server.max-inbound-message-size",
        Long.toString(config.limits().controlBodySize().asLongValue()));
  }

  private int serveWithDatabase(Configuration configuration, String... arguments) {
    try (var database = EmbeddedDatabase.start(configuration.gantry().dataDir())) {
      EmbeddedDatabaseSource.publish(database.address());
      return stopping ? 0 : serve(arguments);
    }
  }

  private static int serve(String... arguments) {
    var exitCode = new AtomicInteger();
    var failure = new AtomicReference<@Nullable Throwable>();
    Quarkus.run(
        Server.class,
        (code, cause) -> {
          exitCode.set(code);
          failure.set(cause);
        },
        arguments);
    report(failure.get());
    return exitCode.get();
  }

  /** Says why the start failed: the framework leaves that to whoever gives it an exit handler. */
  private static void report(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConfigValidationException wrong) throw Configuration.wrong(wrong);
      if (cause instanceof StartFailure explained) throw explained;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      System.err.println("gantry: " + cause.getMessage());
    }
  }

  /**
   * Keeps the process from ending after a signal while the main thread still stops things. The
   * framework stops by a hook of its own, which the main thread waits for.
   */
  private void awaitStop() {
    stopping = true;
    try {
      if (!stopped.await(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("gantry: did not stop in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
