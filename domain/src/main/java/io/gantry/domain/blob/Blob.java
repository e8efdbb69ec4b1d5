package io.gantry.domain.blob;

/** Bytes the registry has, by digest, and where the store keeps them. */
public record Blob(Digest digest, ByteSize size, StorageKey key) {}
