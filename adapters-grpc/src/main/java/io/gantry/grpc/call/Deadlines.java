package io.gantry.grpc.call;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Ends calls that have taken too long. Looks at all that are open now and then, because a timer for
 * each would be a good part of what an event loop does for a call. Whoever set a deadline keeps it
 * themselves; so what is told a little late is only that nobody works for them any more.
 */
final class Deadlines {
  /** How late a call may be ended, in milliseconds. */
  static final long PERIOD = 50;

  /** Each event loop has its own, and needs no lock for them. */
  private final ThreadLocal<List<Minded>> open = ThreadLocal.withInitial(ArrayList::new);

  /** What is known of a call here; nothing of it once it is over. */
  static final class Minded {
    private final long deadline;
    private @Nullable Runnable whenMissed;

    private Minded(long deadline, Runnable whenMissed) {
      this.deadline = deadline;
      this.whenMissed = whenMissed;
    }

    /** The call is over; on its event loop. */
    void forget() {
      whenMissed = null;
    }

    private boolean isOverBy(long now) {
      Runnable missed = whenMissed;
      if (missed != null && now - deadline < 0) return false;
      forget();
      if (missed != null) missed.run();
      return true;
    }
  }

  /**
   * Minds a call until it is over or its deadline has passed.
   *
   * @param deadline as of {@link System#nanoTime}
   * @param eventLoop by which the call came in, on which this is called, and what is run then
   */
  Minded mind(long deadline, Runnable whenMissed, ScheduledExecutorService eventLoop) {
    List<Minded> here = open.get();
    var call = new Minded(deadline, whenMissed);
    var _ = here.add(call);
    if (here.size() == 1) lookLater(here, eventLoop);
    return call;
  }

  private void lookLater(List<Minded> here, ScheduledExecutorService eventLoop) {
    var _ = eventLoop.schedule(() -> look(here, eventLoop), PERIOD, MILLISECONDS);
  }

  private void look(List<Minded> here, ScheduledExecutorService eventLoop) {
    long now = System.nanoTime();
    try {
      var _ = here.removeIf(call -> call.isOverBy(now));
    } finally { // whatever came of one, there may be others
      if (!here.isEmpty()) lookLater(here, eventLoop);
    }
  }
}
