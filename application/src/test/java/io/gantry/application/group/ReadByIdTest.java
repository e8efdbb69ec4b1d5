package io.gantry.application.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.InMemoryUnitOfWork;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.namespace.Region;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ReadByIdTest {
  private static final Region PARIS = new Region("fr-par");
  private static final Region AMSTERDAM = new Region("nl-ams");

  private final UnitOfWork unitOfWork = new InMemoryUnitOfWork(new InMemoryRegistry());
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();

  private final Map<Region, Map<Integer, String>> rows = new ConcurrentHashMap<>();
  private final List<Statement> statements = Collections.synchronizedList(new ArrayList<>());
  private final ReadById<Integer, String> reads = new ReadById<>(this::find, unitOfWork);

  /** Lets the statement about {@link #held} end. */
  private final Semaphore ends = new Semaphore(0);

  private volatile int held = -1;

  private record Statement(Region region, Set<Integer> ids) {}

  @AfterEach
  void stop() {
    requests.shutdownNow();
  }

  @Test
  void findsWhatHasTheId() {
    rows.put(PARIS, Map.of(1, "one", 2, "two"));

    assertThat(reads.ask(PARIS, 2).get()).contains("two");
    assertThat(reads.ask(PARIS, 3).get()).isEmpty();
    assertThat(statements)
        .containsExactly(new Statement(PARIS, Set.of(2)), new Statement(PARIS, Set.of(3)));
  }

  @Test
  void remembersNothing() {
    rows.put(PARIS, Map.of(1, "old"));
    assertThat(reads.ask(PARIS, 1).get()).contains("old");
    rows.put(PARIS, Map.of(1, "new"));

    assertThat(reads.ask(PARIS, 1).get()).contains("new");
  }

  @Test
  void keepsRegionsApart() {
    rows.put(PARIS, Map.of(1, "here"));
    rows.put(AMSTERDAM, Map.of(1, "there"));

    assertThat(reads.ask(PARIS, 1).get()).contains("here");
    assertThat(reads.ask(AMSTERDAM, 1).get()).contains("there");
  }

  @Test
  void asksOneRegionWhileAnotherIsBusy() throws Exception {
    rows.put(AMSTERDAM, Map.of(1, "there"));
    keepBusy(PARIS);

    assertThat(reads.ask(AMSTERDAM, 1).get()).contains("there");
  }

  @Test
  void asksTogetherForWhatIsWantedAtOnce() throws Exception {
    rows.put(PARIS, Map.of(1, "one", 2, "two"));
    keepBusy(PARIS);
    List<Future<Optional<String>>> waiting = new ArrayList<>();
    for (int id : List.of(1, 2, 2, 3)) {
      waiting.add(requests.submit(() -> reads.ask(PARIS, id).get()));
    }
    awaitWaiting(PARIS, waiting.size());
    statements.clear();
    ends.release();

    List<Optional<String>> answers = new ArrayList<>();
    for (var one : waiting) answers.add(one.get());
    assertThat(answers)
        .containsExactly(
            Optional.of("one"), Optional.of("two"), Optional.of("two"), Optional.empty());
    assertThat(statements).containsExactly(new Statement(PARIS, Set.of(1, 2, 3)));
  }

  @Test
  void isNotAskedInATransaction() {
    assertThatThrownBy(() -> unitOfWork.run(() -> reads.ask(PARIS, 1).get()))
        .isInstanceOf(IllegalStateException.class);
  }

  private Map<Integer, String> find(Region region, Collection<Integer> ids) {
    statements.add(new Statement(region, Set.copyOf(ids)));
    if (ids.contains(held)) awaitEnd();
    Map<Integer, String> found = new HashMap<>(rows.getOrDefault(region, Map.of()));
    found.keySet().retainAll(ids);
    return found;
  }

  /** Has a statement of the region under way. */
  private void keepBusy(Region region) {
    held = 0;
    var _ = requests.submit(() -> reads.ask(region, 0).get());
    while (statements.isEmpty()) Thread.onSpinWait();
  }

  private void awaitWaiting(Region region, int count) {
    while (reads.waiting(region) < count) Thread.onSpinWait();
  }

  private void awaitEnd() {
    try {
      assertThat(ends.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
