package io.gantry.oci.blob;

import io.gantry.domain.blob.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Some bytes of a blob's file, to be sent.
 *
 * @param blob whose they are
 */
record FileBytes(Digest blob, Path file, long offset, long length) {

  /** Whether the file still has them. */
  boolean areThere() {
    try {
      return Files.size(file) >= offset + length;
    } catch (IOException _) {
      return false;
    }
  }
}
