package io.gantry.storage.filesystem;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.blob.StorageKey;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Where files are below the root, and the calls that make their names durable. Symbolic links are
 * followed on the way to the root only.
 */
final class Layout {
  static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final Set<OpenOption> WRITE_FROM_START =
      Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, NOFOLLOW_LINKS);

  private static final Set<OpenOption> WRITE_FURTHER =
      Set.of(StandardOpenOption.WRITE, NOFOLLOW_LINKS);
  private static final Set<OpenOption> WRITE_AND_FORGET =
      Set.of(
          StandardOpenOption.WRITE,
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.DELETE_ON_CLOSE);

  /** Small enough that no directory is long, large enough that they can all be made at once. */
  private static final int DIRECTORIES = 256;

  private static final int PROBE_BYTES = 4096;

  private final Path root;
  private final Path[] directories = new Path[DIRECTORIES];

  private Layout(Path root) {
    this.root = root;
  }

  static Layout create(Path root) throws IOException {
    makeRoot(root.toAbsolutePath());
    var layout = new Layout(root.toRealPath());
    Path blobs = layout.root.resolve("blobs");
    makeDirectory(blobs);
    for (int i = 0; i < DIRECTORIES; i++) {
      layout.directories[i] = blobs.resolve(String.format("%02x", i));
      makeDirectory(layout.directories[i]);
    }
    sync(blobs);
    sync(layout.root);
    return layout;
  }

  private static void makeRoot(Path directory) throws IOException {
    Path parent = directory.getParent();
    if (parent == null || Files.isDirectory(directory)) return;
    makeRoot(parent);
    makeDirectory(directory);
    sync(parent);
  }

  private static void makeDirectory(Path directory) throws IOException {
    try {
      Files.createDirectory(directory, OWNER_DIRECTORY);
    } catch (FileAlreadyExistsException e) {
      if (Files.isDirectory(directory, NOFOLLOW_LINKS)) return;
      throw new NotDirectoryException(directory.toString());
    }
  }

  Path root() {
    return root;
  }

  Path file(StorageKey key) {
    return directory(key).resolve(key.value().toString());
  }

  /** By the last bits of the key, which are random in every version of UUID. */
  private Path directory(StorageKey key) {
    return directories[(int) (key.value().getLeastSignificantBits() & (DIRECTORIES - 1))];
  }

  boolean holds(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS).isRegularFile();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /**
   * Opens the file of {@code key} for writing at its end, which is {@code from} afterwards.
   *
   * @throws IOException if it is shorter, or missing and {@code from} is not zero
   */
  FileChannel openAt(StorageKey key, ByteSize from) throws IOException {
    if (from.equals(ByteSize.ZERO)) {
      return FileChannel.open(file(key), WRITE_FROM_START, OWNER_FILE);
    }
    FileChannel channel = FileChannel.open(file(key), WRITE_FURTHER);
    try {
      long size = channel.size();
      if (size < from.bytes()) throw new EOFException(size + " of " + from + " are there");

      return channel.position(from.bytes());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Makes the name of the file of {@code key} survive a crash. */
  void syncName(StorageKey key) throws IOException {
    sync(directory(key));
  }

  /** Makes the absence survive too, even when it is an earlier call that removed the file. */
  void delete(StorageKey key) throws IOException {
    Files.deleteIfExists(file(key));
    sync(directory(key));
  }

  /**
   * Opened anew each time: a shared channel would be closed for everybody by the interruption of
   * one thread. With 16 and 64 writers, neither channels kept open nor one sync for several waiting
   * callers could be told from this by their rates.
   */
  private static void sync(Path directory) throws IOException {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  void probe() throws IOException {
    Path file = root.resolve(".probe-" + UUID.randomUUID());
    try (var channel = FileChannel.open(file, WRITE_AND_FORGET, OWNER_FILE)) {
      var bytes = ByteBuffer.allocate(PROBE_BYTES);
      while (bytes.hasRemaining()) channel.write(bytes);
      channel.force(false);
    }
  }

  Stream<StorageKey> keys() {
    return Stream.of(directories).flatMap(directory -> keysIn(directory).stream());
  }

  private static List<StorageKey> keysIn(Path directory) {
    try (var files = Files.list(directory)) {
      return files.flatMap(file -> keyOf(file.getFileName().toString()).stream()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Empty for a name that this store did not give. */
  private static Optional<StorageKey> keyOf(String name) {
    try {
      UUID value = UUID.fromString(name);
      return value.toString().equals(name) ? Optional.of(new StorageKey(value)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
