package io.gantry.oci.blob;

import io.gantry.domain.blob.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Some bytes of a blob's file, to be sent.
 *
 * @param blob whose they are
 */
record FileBytes(Digest blob, Path file, long offset, long length) implements BlobBytes {

  @Override
  public ReadableByteChannel open() throws IOException {
    return FileChannel.open(file, StandardOpenOption.READ).position(offset);
  }

  /** Whether the file still has them. */
  boolean areThere() {
    try {
      return Files.size(file) >= offset + length;
    } catch (IOException _) {
      return false;
    }
  }
}
