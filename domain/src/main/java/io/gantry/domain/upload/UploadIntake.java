package io.gantry.domain.upload;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;

/**
 * The short way for pushes into images that are known from before: sessions and small blobs of any
 * images, many in one statement. Each of them is looked at by itself, so that one which cannot be
 * taken in does not keep the others out. An image is usable unless it, or its namespace, is being
 * deleted or gone.
 *
 * <p>Each call is atomic by itself and may be made without a transaction.
 */
public interface UploadIntake {

  /**
   * Adds open sessions that expire when nothing is written for {@code idle}. Those without a byte
   * may be lost with the machine: their clients begin again.
   *
   * @return those whose image is usable; the others were not added
   */
  Set<UploadId> open(Collection<Upload> uploads, Duration idle);

  /**
   * Records blobs, links them to their images under a lease, and closes their sessions, which are
   * remembered for a while. Of several with one digest, or if the registry has it already, one is
   * kept; the bytes of the others may be deleted.
   *
   * @param arrivals each of another session
   * @return those that were recorded; nothing has changed for the others: their session is not open
   *     and untouched any more, their image is not usable, their key is not reserved any more, or
   *     somebody else was recording the digest, in which case trying again helps
   */
  Set<UploadId> close(Collection<Arrival> arrivals, Duration remember, Duration lease);
}
