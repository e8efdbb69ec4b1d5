package io.gantry.domain.manifest;

import io.gantry.domain.blob.Digest;

/** What a pull needs of a manifest. */
public record StoredManifest(Digest digest, MediaType mediaType, ManifestBytes bytes) {}
