package io.gantry.domain.pull;

import io.gantry.domain.manifest.StoredManifest;
import java.util.Optional;

/**
 * A manifest that has a subject.
 *
 * @param artifactType its own, else the media type of its configuration, if it has either
 */
public record Referrer(StoredManifest manifest, Optional<String> artifactType) {}
