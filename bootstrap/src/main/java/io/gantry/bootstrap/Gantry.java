package io.gantry.bootstrap;

import io.gantry.bootstrap.configuration.Configuration;
import io.gantry.bootstrap.configuration.GantryConfig;
import io.gantry.bootstrap.database.EmbeddedDatabase;
import io.gantry.bootstrap.database.EmbeddedDatabaseSource;
import io.gantry.bootstrap.failure.StartFailure;
import io.gantry.bootstrap.operator.KeyLine;
import io.gantry.bootstrap.operator.KeyTool;
import io.gantry.bootstrap.tls.TlsSource;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.config.ConfigValidationException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The process: reads the configuration, starts the embedded database if no other is configured,
 * then the framework, which serves or does what a command asks for, and stops them in the opposite
 * order, however the end comes.
 */
@QuarkusMain
public final class Gantry {
  /** Longer than draining requests and a fast stop of the database may take together. */
  private static final long LONGEST_STOP_SECONDS = 120;

  private static final String WHILE_IT_RUNS =
      "While it runs, keys are made, listed and revoked over its API (/iam/v1alpha1/api-keys, or"
          + " scw iam api-key create). If you have no key that may, stop it and try again.";

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
      boolean serves = !KeyLine.isMeantBy(arguments);
      if (!serves && !prepareCommand(KeyLine.read(arguments))) return 0;
      Configuration configuration = Configuration.read();
      for (String name : configuration.unknownVariables()) {
        System.err.println("gantry: the environment variable " + name + " is no key of Gantry");
      }
      limitCalls(configuration.gantry());
      Class<? extends QuarkusApplication> application = serves ? Server.class : KeyTool.class;
      if (serves) TlsSource.publish(configuration.gantry().tls());
      return configuration.namesDatabase()
          ? run(application, arguments)
          : runWithDatabase(database(configuration, serves), application, arguments);
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

  /** Returns whether there is something to do. A process that does it opens no port. */
  private static boolean prepareCommand(KeyLine.Result line) {
    line.dataDirectory()
        .ifPresent(folder -> System.setProperty("gantry.data-dir", folder.toString()));
    System.setProperty("quarkus.http.host-enabled", "false");
    System.setProperty("quarkus.management.host-enabled", "false");
    System.setProperty("quarkus.log.console.stderr", "true");
    return line.request().isPresent();
  }

  private static EmbeddedDatabase database(Configuration configuration, boolean serves) {
    Path directory = configuration.gantry().dataDir();
    return serves
        ? EmbeddedDatabase.start(directory)
        : EmbeddedDatabase.startExisting(directory, WHILE_IT_RUNS);
  }

  private int runWithDatabase(
      EmbeddedDatabase database,
      Class<? extends QuarkusApplication> application,
      String... arguments) {
    try (database) {
      EmbeddedDatabaseSource.publish(database.address());
      return stopping ? 0 : run(application, arguments);
    }
  }

  private static int run(Class<? extends QuarkusApplication> application, String... arguments) {
    var exitCode = new AtomicInteger();
    var failure = new AtomicReference<@Nullable Throwable>();
    Quarkus.run(
        application,
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
