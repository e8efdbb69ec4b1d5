package io.gantry.persistence.paging;

import io.gantry.domain.paging.PageRequest;
import java.util.List;
import java.util.function.Function;

/**
 * A list by status: first one status, then the other, each by its own keys. Nearly all rows are
 * {@code READY}, so an index that begins with the status would repeat another one; instead, what is
 * being deleted has a small index of its own, and the rest skips it in the index of all.
 */
public final class StatusStretches {
  private static final String DELETING = "(select deleting from counted)";
  private static final String READY = "(select total - deleting from counted)";

  private StatusStretches() {}

  /**
   * The ids of a page, by SQL that has the counts of the list in {@code counted}.
   *
   * @param branches the selects of a stretch, given the condition on the status
   */
  public static String ids(
      Function<String, List<String>> branches,
      List<String> keys,
      boolean descending,
      PageRequest page,
      Counts counts) {
    String before = descending ? READY : "0";
    var deleting =
        new Stretch(branches.apply("status = 'DELETING'"), keys, descending, before, DELETING);
    var ready =
        new Stretch(
            branches.apply("status = 'READY'"),
            keys,
            descending,
            descending ? "0" : DELETING,
            READY);
    return deleting.fromBeginning()
        + " union all "
        + (Stretch.endsNearer(
                page, descending ? 0 : counts.deleting(), counts.total() - counts.deleting())
            ? ready.fromEnd()
            : ready.fromBeginning());
  }
}
