package io.gantry.storage.filesystem;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.gantry.domain.blob.StorageKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps writers of one key in different processes apart; the death of a process frees what it held.
 *
 * <p>A lock is one byte of a single empty file, at a position made from the key. Locks on the blob
 * files themselves would cost nothing more, but a process loses a POSIX lock as soon as it closes
 * <em>any</em> descriptor of the locked file, such as one opened for reading. For the same reason
 * this file stays open as long as the process lives.
 */
final class WriterLocks {
  private final FileChannel channel;

  private WriterLocks(FileChannel channel) {
    this.channel = channel;
  }

  static WriterLocks in(Path root) throws IOException {
    return new WriterLocks(
        FileChannel.open(
            root.resolve(".writers"),
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, NOFOLLOW_LINKS),
            Layout.OWNER_FILE));
  }

  /** Empty when another process has the lock of {@code key}. Never waits. */
  Optional<FileLock> tryLock(StorageKey key) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock(positionOf(key), 1, false));
    } catch (OverlappingFileLockException e) {
      return Optional.empty(); // another instance of the store, in this process
    }
  }

  /** Two keys share a position once in 2^62 or so; then one of their writers is asked to retry. */
  private static long positionOf(StorageKey key) {
    long mixed = key.value().getMostSignificantBits() ^ key.value().getLeastSignificantBits();
    return mixed >>> 2;
  }
}
