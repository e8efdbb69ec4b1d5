package io.gantry.application.upload;

import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryException;
import java.time.Duration;

/**
 * How long things about uploads last, and how large they may be.
 *
 * @param idle an open session without writes
 * @param remember a closed session, for clients that lost the answer
 * @param lease a blob that no manifest refers to yet
 * @param blob the largest blob that is taken in
 */
public record UploadLimits(Duration idle, Duration remember, Duration lease, ByteSize blob) {

  /** Throws {@code TooLarge} if an upload of {@code length} bytes must not get {@code more}. */
  void requireRoom(long length, long more) {
    if (more > blob.bytes() - length) {
      throw new RegistryException(new RegistryError.TooLarge("the blob", blob.bytes()));
    }
  }
}
