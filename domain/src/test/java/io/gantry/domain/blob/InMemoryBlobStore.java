package io.gantry.domain.blob;

import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Bytes in memory, each key an array that is replaced when it grows. */
public final class InMemoryBlobStore implements BlobStore {
  private final Map<StorageKey, byte[]> contents = new HashMap<>();
  private final Map<StorageKey, Writer> writers = new HashMap<>();

  /** Every key there are bytes under, be it none. */
  public synchronized Set<StorageKey> keys() {
    return Set.copyOf(contents.keySet());
  }

  @Override
  public synchronized BlobWriter append(StorageKey key, ByteSize from) {
    byte[] present = contents.getOrDefault(key, new byte[0]);
    if (from.bytes() > present.length) {
      throw unavailable("fewer bytes are stored than were acknowledged; start the upload again");
    }
    contents.put(key, present);
    Writer writer = new Writer(key, (int) from.bytes());
    writers.put(key, writer);
    return writer;
  }

  @Override
  public synchronized Optional<BlobContent> open(StorageKey key) {
    byte @Nullable [] bytes = contents.get(key);
    if (bytes == null) return Optional.empty();
    return Optional.of(new BlobContent.Streamed((offset, length) -> read(bytes, offset, length)));
  }

  @Override
  public synchronized void delete(StorageKey key) {
    contents.remove(key);
    writers.remove(key);
  }

  @Override
  public void probe() {}

  private static InputStream read(byte[] bytes, long offset, long length) {
    return new ByteArrayInputStream(bytes, Math.toIntExact(offset), Math.toIntExact(length));
  }

  private static RegistryException unavailable(String help) {
    return new RegistryException(new RegistryError.Unavailable(help));
  }

  /** Holds the key as long as {@code writers} says so. */
  private final class Writer implements BlobWriter {
    private final StorageKey key;
    private final int from;
    private boolean begun;

    Writer(StorageKey key, int from) {
      this.key = key;
      this.from = from;
    }

    /** Cuts off what lies beyond the start, once. */
    private void begin() {
      if (!begun) contents.put(key, Arrays.copyOf(held(), from));
      begun = true;
    }

    @Override
    public long position() {
      synchronized (InMemoryBlobStore.this) {
        int length = held().length;
        return begun ? length : from;
      }
    }

    @Override
    public void write(ByteBuffer bytes) {
      synchronized (InMemoryBlobStore.this) {
        begin();
        byte[] before = held();
        byte[] after = Arrays.copyOf(before, before.length + bytes.remaining());
        bytes.get(after, before.length, bytes.remaining());
        contents.put(key, after);
      }
    }

    @Override
    public void sync() {
      synchronized (InMemoryBlobStore.this) {
        var _ = held();
        begin();
      }
    }

    @Override
    public void close() {
      synchronized (InMemoryBlobStore.this) {
        writers.remove(key, this);
      }
    }

    private byte[] held() {
      byte @Nullable [] bytes = contents.get(key);
      if (bytes == null || writers.get(key) != this) {
        throw new RegistryException(
            new RegistryError.TransientState(
                ResourceType.UPLOAD, key.toString(), "being written by another request"));
      }
      return bytes;
    }
  }
}
