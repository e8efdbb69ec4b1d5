package io.gantry.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DeadlinesTest {
  private final EmbeddedChannel eventLoop = new EmbeddedChannel();
  private final Deadlines deadlines = new Deadlines();
  private final List<String> missed = new ArrayList<>();

  @BeforeEach
  void stopTheClockOfTheEventLoop() {
    eventLoop.freezeTime();
  }

  @Test
  void endsWhatHasPassedItsDeadlineOnce() {
    var _ = mind("late", Duration.ZERO);
    var _ = mind("early", Duration.ofHours(1));
    assertThat(missed).isEmpty();

    pass(Deadlines.PERIOD - 1);
    assertThat(missed).isEmpty();
    pass(1);
    assertThat(missed).containsExactly("late");
    pass(10 * Deadlines.PERIOD);
    assertThat(missed).containsExactly("late");
  }

  @Test
  void leavesAloneWhatIsOver() {
    mind("answered", Duration.ZERO).forget();
    pass(Deadlines.PERIOD);

    assertThat(missed).isEmpty();
    assertThat(looksAreDue()).as("with nothing to look at").isFalse();
  }

  @Test
  void looksAgainAsLongAsSomethingIsOpen() {
    Deadlines.Minded early = mind("early", Duration.ofHours(1));
    pass(3 * Deadlines.PERIOD);
    var _ = mind("late", Duration.ZERO);
    pass(Deadlines.PERIOD);
    assertThat(missed).containsExactly("late");

    early.forget();
    pass(Deadlines.PERIOD);
    assertThat(looksAreDue()).isFalse();
    var _ = mind("later", Duration.ZERO);
    pass(Deadlines.PERIOD);
    assertThat(missed).containsExactly("late", "later");
  }

  @Test
  void goesOnAfterOneThatFailsToEnd() {
    var _ =
        deadlines.mind(
            System.nanoTime(),
            () -> {
              throw new IllegalStateException("cannot be ended");
            },
            eventLoop.eventLoop());
    var _ = mind("late", Duration.ZERO);
    pass(2 * Deadlines.PERIOD);

    assertThat(missed).containsExactly("late");
  }

  private Deadlines.Minded mind(String name, Duration left) {
    return deadlines.mind(
        System.nanoTime() + left.toNanos(), () -> missed.add(name), eventLoop.eventLoop());
  }

  /** By the clock of the event loop; that of deadlines goes on by itself. */
  private void pass(long milliseconds) {
    for (long i = 0; i < milliseconds; i++) {
      eventLoop.advanceTimeBy(1, TimeUnit.MILLISECONDS);
      var _ = eventLoop.runScheduledPendingTasks();
    }
  }

  private boolean looksAreDue() {
    return eventLoop.runScheduledPendingTasks() >= 0;
  }
}
