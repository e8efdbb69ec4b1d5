package io.gantry.application.access;

import io.gantry.domain.access.AccessKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * When keys were used since these were last taken. Kept in memory, so that a request writes
 * nothing; what a crash loses is the last minute's. Safe for use by many threads.
 */
public final class LastUses {
  private Map<AccessKey, Instant> latest = new HashMap<>();

  synchronized void note(AccessKey key, Instant now) {
    latest.merge(key, now, (before, at) -> at.isAfter(before) ? at : before);
  }

  /** Takes what was noted; it is not there any more afterwards. */
  public synchronized Map<AccessKey, Instant> take() {
    Map<AccessKey, Instant> taken = latest;
    latest = new HashMap<>();
    return taken;
  }
}
