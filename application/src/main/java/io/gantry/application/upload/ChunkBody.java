package io.gantry.application.upload;

import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Bytes that arrive for an upload.
 *
 * @param stream read to its end, not closed
 * @param length how many bytes were announced, if that is known
 * @param range where they belong, if the client says so
 * @param begun those before the stream's, if some were read already
 */
public record ChunkBody(
    InputStream stream, OptionalLong length, Optional<ContentRange> range, Optional<Begun> begun) {

  /** Of which nothing was read yet. */
  public ChunkBody(InputStream stream, OptionalLong length, Optional<ContentRange> range) {
    this(stream, length, range, Optional.empty());
  }

  /** The first bytes, in a buffer that whoever takes them may go on to use. */
  static final class Begun {
    private final byte[] buffer;
    private final int filled;

    /** The first {@code filled} bytes of {@code buffer}, which is given away. */
    Begun(byte[] buffer, int filled) {
      this.buffer = buffer;
      this.filled = filled;
    }

    byte[] buffer() {
      return buffer;
    }

    int filled() {
      return filled;
    }
  }

  /** No bytes at all. */
  public static ChunkBody empty() {
    return of(new byte[0]);
  }

  /** Bytes that are here already. */
  static ChunkBody of(byte[] bytes) {
    return new ChunkBody(
        new ByteArrayInputStream(bytes), OptionalLong.of(bytes.length), Optional.empty());
  }

  public boolean isEmpty() {
    return length.isPresent() && length.getAsLong() == 0;
  }

  /** Throws {@code SizeMismatch} if what is announced is not as long as where it belongs. */
  void requireConsistent() {
    if (range.isEmpty() || length.isEmpty()) return;
    if (range.get().length() != length.getAsLong()) {
      throw new RegistryException(
          new RegistryError.SizeMismatch(range.get().length(), length.getAsLong()));
    }
  }
}
