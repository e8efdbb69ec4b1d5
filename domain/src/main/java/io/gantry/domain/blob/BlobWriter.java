package io.gantry.domain.blob;

import java.nio.ByteBuffer;

/** Appends bytes under one key. Not thread-safe. */
public interface BlobWriter extends AutoCloseable {

  /** How many bytes are there, written ones included. */
  long position();

  /** Appends all remaining bytes of {@code bytes}; blocks until the store has taken them. */
  void write(ByteBuffer bytes);

  /** Returns when all that was written survives a crash of the machine, its name included. */
  void sync();

  /**
   * Releases the key for the next writer; what was not synced may be lost. Closing twice is fine.
   */
  @Override
  void close();
}
