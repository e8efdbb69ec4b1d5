package io.gantry.domain.upload;

import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.image.ImageId;
import java.time.Duration;
import java.util.Optional;

/**
 * Stores upload sessions. An open session expires after some idle time; a closed one is remembered
 * for a while, so that a client that lost the answer gets it again. Timed by the database's clock.
 */
public interface UploadRepository {

  /**
   * How long the bytes of an ended session stay named at least: a writer that began before the end
   * may come to open its file only then.
   */
  Duration LATE_WRITER = Duration.ofMinutes(1);

  /** Adds an open session that expires when nothing is written for {@code idle}. */
  void add(Upload upload, Duration idle);

  /** The open session with this id in this image. */
  Optional<Upload> find(ImageId image, UploadId id);

  /**
   * As {@link #find}, and makes the caller its only writer: the epoch in the answer is a new one,
   * and whoever had an older one can no longer record anything.
   */
  Optional<Upload> beginWrite(ImageId image, UploadId id, Duration idle);

  /**
   * Records that {@code upload.length()} bytes are durable and what they are.
   *
   * @return false if a newer writer has begun, or the session is closed or gone
   */
  boolean advance(Upload upload, Duration idle);

  /**
   * Closes the session as {@code digest}; its key now belongs to the blob.
   *
   * @return false if a newer writer has begun, or the session is closed or gone
   */
  boolean close(Upload upload, Digest digest, Duration remember);

  /** What the session was closed as, while that is remembered. */
  Optional<Digest> closedAs(ImageId image, UploadId id);

  /**
   * Ends the open session; its bytes become a tombstone that is due after {@link #LATE_WRITER}.
   *
   * @return false if there was none
   */
  boolean cancel(ImageId image, UploadId id);

  /**
   * Names the bytes under {@code key} as a tombstone that is due after {@link #LATE_WRITER}, for a
   * writer that no longer knows whether anything does; changes nothing if a blob or an open session
   * names them. A key that was reserved is not reserved any more.
   *
   * @return whether they are nobody's, so that the caller may delete them
   */
  boolean bury(StorageKey key);

  /**
   * Ends up to {@code limit} sessions that have expired, as {@link #cancel} does.
   *
   * @return how many
   */
  int expire(int limit);
}
