package io.gantry.oci.blob;

import io.gantry.domain.blob.Blob;
import io.gantry.domain.error.RegistryError.Unavailable;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Holds a blob's file against its record while there is still an answer to give. Once the head has
 * been sent, a file that is too short can only break the answer off.
 */
final class WholeFile {
  private WholeFile() {}

  /**
   * Returns if the file has all bytes of the blob.
   *
   * @throws RegistryException {@code Unavailable} if bytes are missing or cannot be counted, {@code
   *     NotFound} if the file has been deleted
   */
  static void require(Blob blob, Path file) {
    try {
      long size = Files.size(file);
      if (size < blob.size().bytes()) {
        throw new EOFException(
            file + " has " + size + " bytes, of the blob's " + blob.size().bytes());
      }
    } catch (NoSuchFileException _) {
      throw RegistryException.notFound(ResourceType.BLOB, blob.digest());
    } catch (IOException e) {
      throw new RegistryException(
          new Unavailable(
              "what is stored of blob "
                  + blob.digest()
                  + " is damaged; whoever runs this registry finds more in its log"),
          e);
    }
  }
}
