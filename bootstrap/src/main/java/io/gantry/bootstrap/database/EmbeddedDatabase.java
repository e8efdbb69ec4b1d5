package io.gantry.bootstrap.database;

import io.gantry.bootstrap.failure.StartFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/**
 * A PostgreSQL server of our own, on data that stays.
 *
 * <p>It listens on the loopback address only, on a port chosen at each start, and lets in who knows
 * the password that is kept beside the data. It is a session of its own, so that Ctrl-C in a
 * terminal does not reach it, and it ends only when it is closed. One that was left behind by a
 * killed Gantry is stopped at the next start.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  private static final String CLUSTER = "postgres";
  private static final String USER = "gantry";
  private static final int PORTS_TO_TRY = 3;
  private static final Duration INITIALISATION = Duration.ofMinutes(2);
  private static final Duration START = Duration.ofMinutes(5);
  private static final Duration FAST_STOP = Duration.ofSeconds(45);
  private static final Duration IMMEDIATE_STOP = Duration.ofSeconds(15);

  private final PostgresCommand command;
  private final Path cluster;
  private final Path log;
  private final DirectoryLock lock;
  private final DatabaseAddress address;

  private EmbeddedDatabase(
      PostgresCommand command,
      Path cluster,
      Path log,
      DirectoryLock lock,
      DatabaseAddress address) {
    this.command = command;
    this.cluster = cluster;
    this.log = log;
    this.lock = lock;
    this.address = address;
  }

  /**
   * Starts the server on the cluster in {@code dataDirectory}, making one on the first start, and
   * returns when it answers.
   */
  public static EmbeddedDatabase start(Path dataDirectory) {
    return start(
        dataDirectory.toAbsolutePath().normalize(),
        "Stop it, or give this one its own with gantry.data-dir.");
  }

  /**
   * As {@link #start(Path)}, if there is a cluster; makes nothing, and fails, if there is none.
   *
   * @param advice what to do if another process uses it
   */
  public static EmbeddedDatabase startExisting(Path dataDirectory, String advice) {
    Path directory = dataDirectory.toAbsolutePath().normalize();
    if (Files.notExists(version(directory.resolve(CLUSTER)))) {
      throw StartFailure.failed(
          "there is no database in the data directory "
              + directory
              + ". The first start of the server makes it; is this the server's directory?");
    }
    return start(directory, advice);
  }

  private static EmbeddedDatabase start(Path directory, String advice) {
    try {
      Files.createDirectories(directory);
      DirectoryLock lock = DirectoryLock.take(directory, advice);
      try {
        return start(directory, lock);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw StartFailure.failed(
          "the embedded PostgreSQL does not start in " + directory + ": " + e);
    }
  }

  private static EmbeddedDatabase start(Path directory, DirectoryLock lock) throws IOException {
    Path log = PostgresLog.in(directory);
    var command = PostgresCommand.of(binaries(directory));
    Path cluster = directory.resolve(CLUSTER);
    Path passwordFile = directory.resolve("postgres-password");
    if (Files.notExists(version(cluster))) {
      command.check(log);
      initialise(command, cluster, passwordFile, log);
    }
    String password = readPassword(passwordFile);
    if (Postmaster.runsOn(cluster)) stop(command, cluster, log);
    int port = startServer(command, cluster, log);
    String url =
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres?sslmode=disable&gssEncMode=disable";
    return new EmbeddedDatabase(
        command, cluster, log, lock, new DatabaseAddress(url, USER, password));
  }

  public DatabaseAddress address() {
    return address;
  }

  /** Stops the server: sessions end, what is committed is written, and it will start quickly. */
  @Override
  public void close() {
    try {
      stop(command, cluster, log);
      lock.close();
    } catch (IOException e) {
      throw new IllegalStateException("the embedded PostgreSQL did not stop", e);
    }
  }

  /** The file that a cluster has from the moment it is one. */
  private static Path version(Path cluster) {
    return cluster.resolve("PG_VERSION");
  }

  private static PostgresBinaries binaries(Path directory) throws IOException {
    Path shared = sharedFolder();
    try {
      return PostgresBinaries.unpackedIn(shared);
    } catch (IOException e) {
      return PostgresBinaries.unpackedIn(directory);
    }
  }

  /** The user's cache folder, so that data directories share one copy. */
  private static Path sharedFolder() {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path folder =
        cache == null || cache.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return folder.toAbsolutePath().resolve("gantry");
  }

  /** Makes a new cluster beside its place, so that one that was not finished is never used. */
  private static void initialise(PostgresCommand command, Path cluster, Path passwordFile, Path log)
      throws IOException {
    Path unfinished = cluster.resolveSibling("postgres-unfinished");
    Folders.delete(unfinished);
    Files.deleteIfExists(passwordFile);
    Files.createFile(
        passwordFile,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    var random = new byte[32];
    new SecureRandom().nextBytes(random);
    Files.writeString(passwordFile, HexFormat.of().formatHex(random));
    int exitCode =
        command.run(
            log,
            INITIALISATION,
            "initdb",
            "--pgdata=" + unfinished,
            "--username=" + USER,
            "--pwfile=" + passwordFile,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C");
    if (exitCode != 0) throw failed("a new database could not be made", log);
    Files.move(unfinished, cluster, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String readPassword(Path file) throws IOException {
    if (Files.isReadable(file)) return Files.readString(file).strip();
    throw StartFailure.failed(
        "the database's password file "
            + file
            + " is missing or cannot be read. It belongs to the data: restore it from where the"
            + " data came from.");
  }

  private static int startServer(PostgresCommand command, Path cluster, Path log)
      throws IOException {
    for (int attempt = 1; attempt <= PORTS_TO_TRY; attempt++) {
      int port = freePort();
      int exitCode =
          command.run(
              log,
              START.plusSeconds(5),
              "pg_ctl",
              "start",
              "--pgdata=" + cluster,
              "--log=" + log,
              "--wait",
              "--silent",
              "--timeout=" + START.toSeconds(),
              "--options=" + options(port));
      if (exitCode == 0) return port;
    }
    command.check(log);
    throw failed("it did not start", log);
  }

  private static void stop(PostgresCommand command, Path cluster, Path log) throws IOException {
    if (stop(command, cluster, log, "fast", FAST_STOP) == 0) return;
    if (!Postmaster.runsOn(cluster)) return;
    if (stop(command, cluster, log, "immediate", IMMEDIATE_STOP) != 0) {
      throw failed("it does not stop", log);
    }
  }

  private static int stop(
      PostgresCommand command, Path cluster, Path log, String mode, Duration patience)
      throws IOException {
    return command.run(
        log,
        patience.plusSeconds(5),
        "pg_ctl",
        "stop",
        "--pgdata=" + cluster,
        "--mode=" + mode,
        "--wait",
        "--silent",
        "--timeout=" + patience.toSeconds());
  }

  private static RuntimeException failed(String what, Path log) {
    return StartFailure.failed("the embedded PostgreSQL: " + what + "; see " + log);
  }

  /** Settings go on the command line, so that they are those of this version of Gantry. */
  private static String options(int port) {
    return String.join(
        " ",
        List.of(
            "-c port=" + port,
            "-c listen_addresses=127.0.0.1",
            "-c unix_socket_directories=",
            "-c max_connections=100",
            "-c shared_buffers=64MB",
            "-c fsync=on",
            "-c synchronous_commit=on",
            "-c full_page_writes=on",
            "-c min_wal_size=64MB",
            "-c max_wal_size=512MB",
            "-c random_page_cost=1.1", // else tables of a few pages are read whole, dead rows too
            "-c jit=off",
            "-c timezone=UTC",
            "-c log_timezone=UTC",
            "-c log_checkpoints=off",
            "-c log_min_messages=log"));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      return socket.getLocalPort();
    }
  }
}
