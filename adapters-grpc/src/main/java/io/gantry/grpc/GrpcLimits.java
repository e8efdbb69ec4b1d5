package io.gantry.grpc;

/**
 * Limits of this face.
 *
 * @param requestSize bytes a request may have, compressed or not
 */
public record GrpcLimits(int requestSize) {}
