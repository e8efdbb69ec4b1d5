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

  /** Those of these sessions that are open and that nobody has begun to write to. */
  Collection<Upload> untouched(Collection<UploadId> ids);

  /**
   * Records the first bytes of sessions, which go on under the reserved keys: as if a writer had
   * begun, stored them, and {@linkplain UploadRepository#advance recorded} them, and was the only
   * one so far.
   *
   * @param arrivals each of another session
   * @return those that were recorded; nothing has changed for the others, for one of the reasons of
   *     {@link #close} but the last
   */
  Set<UploadId> write(Collection<Arrival> arrivals, Duration idle);

  /**
   * Closes sessions that hold what is claimed, as {@link #close} does. The bytes must have been
   * recorded by the only writer that the session ever had: then nobody is writing to it.
   *
   * @param claims each of another session
   * @return those that were closed; nothing has changed for the others: their session is not open,
   *     or somebody else has begun to write to it, its content is not known to be that, their image
   *     is not usable, or somebody else was recording the digest
   */
  Set<UploadId> finish(Collection<Claim> claims, Duration remember, Duration lease);
}
