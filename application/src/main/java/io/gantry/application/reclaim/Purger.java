package io.gantry.application.reclaim;

/** Removes, in the background, what was deleted: namespaces and images in their last status. */
public interface Purger {

  /**
   * Says that there is work now. Returns at once and never fails; called after the commit.
   * Forgotten work is found again without it, only later.
   */
  void wake();
}
