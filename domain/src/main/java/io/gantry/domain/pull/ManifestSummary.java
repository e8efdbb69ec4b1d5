package io.gantry.domain.pull;

import io.gantry.domain.blob.Digest;
import io.gantry.domain.manifest.MediaType;

/**
 * A manifest without its bytes.
 *
 * @param digest in the form it was pushed with
 * @param size in bytes
 */
public record ManifestSummary(Digest digest, MediaType mediaType, long size) {}
