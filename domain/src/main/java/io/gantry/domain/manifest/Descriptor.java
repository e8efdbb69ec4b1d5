package io.gantry.domain.manifest;

import io.gantry.domain.blob.Digest;

/**
 * What a manifest says of content it refers to, OCI Image spec "Content Descriptors".
 *
 * @param size in bytes, as claimed
 * @param foreign whether the content may live elsewhere (it has URLs, or is non-distributable), so
 *     that a push need not bring it
 */
public record Descriptor(MediaType mediaType, Digest digest, long size, boolean foreign) {}
