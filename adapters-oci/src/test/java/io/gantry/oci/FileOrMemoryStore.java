package io.gantry.oci;

import io.gantry.domain.blob.BlobContent;
import io.gantry.domain.blob.BlobStore;
import io.gantry.domain.blob.BlobWriter;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.blob.InMemoryBlobStore;
import io.gantry.domain.blob.StorageKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Bytes in memory, handed out in either form a store can have them in. */
final class FileOrMemoryStore implements BlobStore {
  private final InMemoryBlobStore memory = new InMemoryBlobStore();

  /** Whether content is handed out as files. */
  volatile boolean files;

  /** How many bytes are missing at the end of each file that is handed out. */
  volatile int missing;

  /** Run on the thread that asks, before a file is handed out. */
  volatile Runnable beforeFile = () -> {};

  private volatile Optional<Path> latest = Optional.empty();

  /** The file that was handed out last. */
  Path latestFile() {
    return latest.orElseThrow();
  }

  /** How many bytes are stored altogether. */
  long bytes() {
    return memory.keys().stream().mapToLong(this::length).sum();
  }

  private long length(StorageKey key) {
    return memory.open(key).map(FileOrMemoryStore::read).orElse(new byte[0]).length;
  }

  @Override
  public BlobWriter append(StorageKey key, ByteSize from) {
    return memory.append(key, from);
  }

  @Override
  public Optional<BlobContent> open(StorageKey key) {
    Optional<BlobContent> content = memory.open(key);
    return files ? content.map(this::spill) : content;
  }

  @Override
  public void delete(StorageKey key) {
    memory.delete(key);
  }

  @Override
  public void probe() {
    memory.probe();
  }

  /** A file with the same bytes, but for those that are missing. */
  private BlobContent spill(BlobContent content) {
    try {
      Path file = Files.createTempFile("blob", "");
      file.toFile().deleteOnExit();
      byte[] bytes = read(content);
      latest = Optional.of(Files.write(file, Arrays.copyOf(bytes, bytes.length - missing)));
      beforeFile.run();
      return new BlobContent.LocalFile(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(BlobContent content) {
    try (InputStream bytes = ((BlobContent.Streamed) content).source().read(0, Integer.MAX_VALUE)) {
      return bytes.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
