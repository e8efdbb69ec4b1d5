package io.gantry.domain.blob;

import java.util.Optional;

/**
 * Holds bytes under keys. It knows nothing of digests: what the bytes are is in the database.
 * Implementations are thread-safe; one writer at a time per key.
 *
 * <p>Every method throws {@code RegistryException} with {@code Unavailable} when the store cannot
 * be reached or is full, leaving what was stored before untouched.
 */
public interface BlobStore {

  /**
   * Opens the bytes under {@code key} for appending at {@code from}; whatever lies beyond is cut
   * off by the first write or sync, so that a caller can still find out, while it is the only
   * writer, that it should not be one. The first call for a key uses {@code ByteSize.ZERO} and
   * creates it. Another writer of the same key that is still open is closed first: its further
   * writes fail. The caller closes the writer.
   *
   * @throws io.gantry.domain.error.RegistryException {@code TransientState} if that other writer is
   *     in another process and still open
   * @throws io.gantry.domain.error.RegistryException {@code Unavailable} if fewer than {@code from}
   *     bytes are there
   */
  BlobWriter append(StorageKey key, ByteSize from);

  /** The bytes under {@code key}, to be read from any position. Content that is gone is empty. */
  Optional<BlobContent> open(StorageKey key);

  /** Deletes the bytes under {@code key}, if they are there. */
  void delete(StorageKey key);

  /** Fails unless bytes can be stored now. Cheap; for health checks. */
  void probe();
}
