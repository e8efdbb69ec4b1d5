package io.gantry.oci.manifest;

import io.gantry.application.upload.BodyMemory;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.manifest.ManifestBytes;
import io.gantry.oci.OciLimits;
import io.gantry.oci.manifest.ManifestSpool.Spooled;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Function;

/**
 * Takes in manifests, which are in memory while something is done with them. Nearly all fit in one
 * buffer of a body's share. One that does not comes into a file, and takes one of a few places in
 * memory when it is whole: a slow sender keeps nobody else from having it.
 */
final class ManifestBodies {
  /** How long a large manifest may wait for another one to be done with. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ManifestSpool spool;
  private final BodyMemory memory;
  private final int limit;
  private final LargeManifests large;

  ManifestBodies(ManifestSpool spool, BodyMemory memory, OciLimits limits) {
    this.spool = spool;
    this.memory = memory;
    this.limit = limits.manifestBytes();
    this.large = new LargeManifests(limits.largeManifests(), PATIENCE);
  }

  /**
   * Does {@code work} with all of a body.
   *
   * @throws RegistryException {@code TooLarge}, {@code BodyTimeout} if it does not come whole, or
   *     {@code TooManyRequests} if no place comes free
   */
  <R> R take(InputStream body, Function<ManifestBytes, R> work) {
    int small = Math.min(memory.buffer(), limit);
    byte[] buffer = start(body, small + 1);
    if (buffer.length <= small) return work.apply(new ManifestBytes(buffer));
    try (Spooled spooled = spool.create()) {
      int count = buffer.length;
      while (count > 0) {
        if (count > limit - spooled.size()) throw tooLarge();
        spooled.append(buffer, count);
        count = next(body, buffer);
      }
      try (var _ = large.enter()) {
        return work.apply(new ManifestBytes(spooled.bytes()));
      }
    }
  }

  RegistryException tooLarge() {
    return new RegistryException(new RegistryError.TooLarge("the manifest", limit));
  }

  private static byte[] start(InputStream body, int most) {
    try {
      return body.readNBytes(most);
    } catch (IOException e) {
      throw cut(e);
    }
  }

  /** How many bytes came; 0 at the end. */
  private static int next(InputStream body, byte[] buffer) {
    try {
      return Math.max(0, body.read(buffer));
    } catch (IOException e) {
      throw cut(e);
    }
  }

  private static RegistryException cut(IOException cause) {
    return new RegistryException(
        new RegistryError.BodyTimeout("the manifest did not arrive whole; send it again"), cause);
  }
}
