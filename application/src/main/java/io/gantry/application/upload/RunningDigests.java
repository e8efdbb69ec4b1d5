package io.gantry.application.upload;

import io.gantry.domain.upload.Upload;
import io.gantry.domain.upload.UploadId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Digests of uploads that were left between two requests on this replica, so that the next chunk
 * need not read the earlier ones again. Only a shortcut: what is not here (another replica had the
 * chunk, a restart, too many sessions) is computed from the stored bytes at the end. Thread-safe.
 */
public final class RunningDigests {
  private static final int MAX_KEPT = 4096;

  /**
   * @param epoch of the writer that made it: another writer's bytes may differ
   */
  private record Kept(RunningDigest digest, long epoch) {}

  private final Map<UploadId, Kept> kept =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UploadId, Kept> eldest) {
          return size() > MAX_KEPT;
        }
      };

  /**
   * Takes out the digest of an upload whose writer has just begun, if the one here is of the writer
   * before it and covers exactly the upload's bytes.
   */
  Optional<RunningDigest> take(Upload upload) {
    synchronized (kept) {
      Kept found = kept.remove(upload.id());
      return found != null
              && found.epoch() == upload.epoch() - 1
              && found.digest().length() == upload.length()
          ? Optional.of(found.digest())
          : Optional.empty();
    }
  }

  /** For an upload that has ended. */
  void forget(UploadId id) {
    synchronized (kept) {
      kept.remove(id);
    }
  }

  void keep(Upload upload, RunningDigest digest) {
    synchronized (kept) {
      kept.put(upload.id(), new Kept(digest, upload.epoch()));
    }
  }
}
