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
import java.util.Optional;

/** Bytes in memory, handed out in either form a store can have them in. */
final class FileOrMemoryStore implements BlobStore {
  private final InMemoryBlobStore memory = new InMemoryBlobStore();

  /** Whether content is handed out as files. */
  volatile boolean files;

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
    return files ? content.map(FileOrMemoryStore::spill) : content;
  }

  @Override
  public void delete(StorageKey key) {
    memory.delete(key);
  }

  @Override
  public void probe() {
    memory.probe();
  }

  /** A file with the same bytes. */
  private static BlobContent spill(BlobContent content) {
    try {
      Path file = Files.createTempFile("blob", "");
      file.toFile().deleteOnExit();
      return new BlobContent.LocalFile(Files.write(file, read(content)));
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
