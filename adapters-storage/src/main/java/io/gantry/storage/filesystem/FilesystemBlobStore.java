package io.gantry.storage.filesystem;

import io.gantry.domain.blob.BlobContent;
import io.gantry.domain.blob.BlobStore;
import io.gantry.domain.blob.BlobWriter;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.error.RegistryError.Unavailable;
import io.gantry.domain.error.RegistryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/**
 * Keeps each blob in the file {@code blobs/<two hex digits>/<key>} below a root directory. Files
 * and directories are readable by their owner alone; a path is made of nothing but the key.
 *
 * <p>Make one instance per root and process. Several processes of one machine may share a root;
 * machines that share a root need a filesystem with POSIX locks and durable {@code fsync}.
 *
 * <p>All methods block. None holds a lock while it does I/O, apart from the one of the writer that
 * is written to.
 */
public final class FilesystemBlobStore implements BlobStore {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Layout layout;
  private final WriterLocks locks;
  private final Duration patience;
  private final ConcurrentMap<StorageKey, FileBlobWriter> writers = new ConcurrentHashMap<>();

  /**
   * Creates what is missing of the directories below {@code root}, itself included, and proves that
   * they can be written.
   *
   * @throws UncheckedIOException naming {@code root} and the reason if blobs cannot be kept there
   */
  public FilesystemBlobStore(Path root) {
    this(root, PATIENCE);
  }

  /** {@code patience} is how long an append waits for an earlier writer to finish its write. */
  FilesystemBlobStore(Path root, Duration patience) {
    try {
      this.layout = Layout.create(root);
      this.locks = WriterLocks.in(layout.root());
      layout.probe();
    } catch (IOException e) {
      throw new UncheckedIOException("blobs cannot be kept in " + root + ": " + e, e);
    }
    this.patience = patience;
  }

  /**
   * {@inheritDoc}
   *
   * <p>A writer of this process that is inside a write may finish it: its bytes are there before
   * this method looks at the file, and none come later. The writer that is returned is fastest with
   * buffers of 256 KiB to 1 MiB; direct ones save a copy.
   *
   * @throws RegistryException {@code TransientState} also if such a write does not end in ten
   *     seconds; the earlier writer stays closed to further writes
   */
  @Override
  public BlobWriter append(StorageKey key, ByteSize from) {
    var writer = new FileBlobWriter(key, layout, locks, closed -> writers.remove(key, closed));
    while (true) {
      FileBlobWriter earlier = writers.putIfAbsent(key, writer);
      if (earlier == null) break;
      earlier.giveWay(patience);
    }
    writer.open(from);
    return writer;
  }

  @Override
  public Optional<BlobContent> open(StorageKey key) {
    try {
      Path file = layout.file(key);
      return layout.holds(file) ? Optional.of(new BlobContent.LocalFile(file)) : Optional.empty();
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>A writer of this process that is open for {@code key} is closed first, as by {@link
   * #append}. When this returns, the bytes stay gone after a crash of the machine.
   */
  @Override
  public void delete(StorageKey key) {
    FileBlobWriter writer = writers.get(key);
    if (writer != null) writer.giveWay(patience);
    try {
      layout.delete(key);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /** {@inheritDoc} Writes, syncs and deletes one small file: about a millisecond. */
  @Override
  public void probe() {
    try {
      layout.probe();
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /**
   * Every key that has bytes, in no order, as far as it was there when its directory was read. For
   * operators and consistency checks.
   */
  public Stream<StorageKey> keys() {
    return layout.keys();
  }

  private static RegistryException unreachable(IOException cause) {
    return new RegistryException(
        new Unavailable("the registry's storage is full or cannot be reached; try again later"),
        cause);
  }
}
