package io.gantry.domain.pull;

import io.gantry.domain.blob.Blob;

/**
 * A blob that an image has.
 *
 * @param leaseEndsSoon whether less than half of a lease is left until it may be collected, should
 *     no manifest refer to it
 */
public record LinkedBlob(Blob blob, boolean leaseEndsSoon) {}
