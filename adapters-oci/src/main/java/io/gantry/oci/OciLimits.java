package io.gantry.oci;

/**
 * What the data plane takes at most.
 *
 * @param manifestBytes bytes of a manifest
 * @param tagsPerPage names in one answer of the tag list
 */
public record OciLimits(int manifestBytes, int tagsPerPage) {}
