package io.gantry.oci.manifest;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/** Where manifests lie, until they have come whole, that are too large to wait in memory. */
public final class ManifestSpool {
  private final Path folder;

  /** Its files are in {@code folder}, which exists when the first is made. */
  public ManifestSpool(Path folder) {
    this.folder = folder;
  }

  /**
   * A new, empty file.
   *
   * @throws RegistryException {@code Unavailable} if there can be none, as all its methods do
   */
  Spooled create() {
    try {
      return new Spooled(
          FileChannel.open(
              folder.resolve(".manifest-" + UUID.randomUUID()),
              Set.of(CREATE_NEW, READ, WRITE, DELETE_ON_CLOSE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  /** A file that is gone when it is closed, or when this process ends. For one thread. */
  static final class Spooled implements AutoCloseable {
    private final FileChannel file;
    private int size;

    private Spooled(FileChannel file) {
      this.file = file;
    }

    int size() {
      return size;
    }

    /** Appends the first {@code count} of these bytes. */
    void append(byte[] bytes, int count) {
      ByteBuffer rest = ByteBuffer.wrap(bytes, 0, count);
      try {
        while (rest.hasRemaining()) size += file.write(rest, size);
      } catch (IOException e) {
        throw unavailable(e);
      }
    }

    byte[] bytes() {
      ByteBuffer all = ByteBuffer.allocate(size);
      try {
        while (all.hasRemaining()) {
          if (file.read(all, all.position()) < 0) throw new IOException("the file became shorter");
        }
      } catch (IOException e) {
        throw unavailable(e);
      }
      return all.array();
    }

    @Override
    public void close() {
      try {
        file.close();
      } catch (IOException e) {
        throw unavailable(e);
      }
    }
  }

  private static RegistryException unavailable(IOException cause) {
    return new RegistryException(
        new RegistryError.Unavailable("the manifest cannot be kept while it comes; try again"),
        cause);
  }
}
