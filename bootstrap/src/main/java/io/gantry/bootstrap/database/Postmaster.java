package io.gantry.bootstrap.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The server process that a cluster's {@code postmaster.pid} tells of. It outlives a Gantry that
 * was killed.
 */
final class Postmaster {
  private Postmaster() {}

  /**
   * Whether a server runs on {@code cluster}. A file that tells of a process which is another
   * program by now, as after a restart of the machine, is removed, because PostgreSQL would take
   * that process for its own and not start.
   */
  static boolean runsOn(Path cluster) throws IOException {
    Path file = cluster.resolve("postmaster.pid");
    Optional<ProcessHandle> process = processOf(file);
    if (process.isEmpty()) return false;
    if (serves(process.get(), cluster)) return true;
    Files.deleteIfExists(file);
    return false;
  }

  private static Optional<ProcessHandle> processOf(Path file) throws IOException {
    try {
      List<String> lines = Files.readAllLines(file);
      if (lines.isEmpty()) return Optional.empty();
      return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
          .filter(ProcessHandle::isAlive);
    } catch (NoSuchFileException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** A server works in its cluster's folder. */
  private static boolean serves(ProcessHandle process, Path cluster) {
    try {
      Path workingFolder = Path.of("/proc", Long.toString(process.pid()), "cwd").toRealPath();
      return workingFolder.equals(cluster.toRealPath());
    } catch (IOException e) {
      return false;
    }
  }
}
