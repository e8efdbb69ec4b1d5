package io.gantry.application.upload;

import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryException;
import java.io.IOException;

/** A body that is small, and of known length, so that it can be taken in at once. */
final class WholeBody {
  /** Bytes that are held in memory; longer bodies are streamed. */
  static final int MAX_BYTES = 256 * 1024;

  private WholeBody() {}

  /** Whether the body is one; a chunk that says where it belongs is not. */
  static boolean fits(ChunkBody body) {
    return body.range().isEmpty()
        && body.length().isPresent()
        && body.length().getAsLong() <= MAX_BYTES;
  }

  /** All of it; {@code BodyTimeout} if it ends early, and nothing of it is kept then. */
  static byte[] read(ChunkBody body) {
    int length = Math.toIntExact(body.length().orElseThrow());
    try {
      byte[] bytes = body.stream().readNBytes(length);
      if (bytes.length < length) throw new IOException("the body ended early");
      return bytes;
    } catch (IOException e) {
      throw new RegistryException(
          new RegistryError.BodyTimeout("the body ended early; nothing of it was kept"), e);
    }
  }
}
