package io.gantry.oci.blob;

import java.nio.file.Path;

/**
 * Some bytes of a file, for a connection to which the kernel cannot send them by itself: they are
 * encrypted, or cut into frames, on the way.
 */
record FileBytes(Path file, long offset, long length) {}
