package io.gantry.domain.pull;

import io.gantry.domain.manifest.ManifestBytes;
import io.gantry.domain.manifest.StoredManifest;
import java.util.Optional;

/**
 * A manifest, whole or not.
 *
 * @param bytes empty if they are more than were asked for
 */
public record FoundManifest(ManifestSummary summary, Optional<ManifestBytes> bytes) {

  /** All of it, if its bytes were read. */
  public Optional<StoredManifest> whole() {
    return bytes.map(read -> new StoredManifest(summary.digest(), summary.mediaType(), read));
  }
}
