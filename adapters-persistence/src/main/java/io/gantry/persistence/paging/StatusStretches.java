package io.gantry.persistence.paging;

import io.gantry.domain.paging.PageRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A list by status: first one status, then the other, each by creation. Nearly all rows are {@code
 * READY}, so an index that begins with the status would repeat another one; instead, what is being
 * deleted has a small index of its own, and the rest skips it in the index of all. SQL has the
 * counts of the list in {@code counted}.
 *
 * @param deleting those of them that are being deleted
 * @param ready all others
 */
record StatusStretches(Stretch deleting, Stretch ready) {
  private static final String DELETING = "(select deleting from counted)";
  private static final String READY = "(select total - deleting from counted)";

  /**
   * The stretches of a list.
   *
   * @param branches the selects of a stretch, given the condition on the status
   * @param marks of the list; they count both statuses
   */
  static StatusStretches of(
      Function<String, List<String>> branches, ListOrder order, Optional<Marks> marks) {
    boolean descending = order.descending();
    return new StatusStretches(
        new Stretch(
            branches.apply("status = 'DELETING'"),
            order.keys(),
            descending,
            descending ? READY : "0",
            DELETING,
            marks.map(Landmarks::ofDeleting)),
        new Stretch(
            branches.apply("status = 'READY'"),
            order.keys(),
            descending,
            descending ? "0" : DELETING,
            READY,
            marks.map(Landmarks::ofReady)));
  }

  /** The ids of a page. */
  String ids(PageRequest page, long near) {
    return deleting.ids(page, near) + " union all " + ready.ids(page, near);
  }
}
