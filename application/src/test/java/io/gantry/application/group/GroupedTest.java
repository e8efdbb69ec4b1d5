package io.gantry.application.group;

import static io.gantry.application.group.Grouped.Repeats.SHARE;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.application.group.Grouped.Repeats;
import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.InMemoryUnitOfWork;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.upload.UploadId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class GroupedTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final UnitOfWork unitOfWork = new InMemoryUnitOfWork(new InMemoryRegistry());
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch busy = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);
  private final List<List<UploadId>> groups = new ArrayList<>();
  private Runnable giveWay = () -> {};

  @AfterEach
  void stop() {
    requests.shutdownNow();
  }

  @Test
  void doesAloneWhatComesAlone() {
    Grouped<UploadId, UploadId, UploadId> grouped = of(HashSet::new);
    UploadId one = anId();

    assertThat(grouped.handle(one)).contains(one);
    assertThat(groups).containsExactly(List.of(one));
  }

  @Test
  void leavesTransactionsToWorkThatIsAUnitByItself() {
    Grouped<UploadId, UploadId, UploadId> grouped =
        new Grouped<>(
            ids -> unitOfWork.inTransaction(() -> Map.of(ids.getFirst(), ids.getFirst())),
            Function.identity(),
            Repeats.WAIT);
    UploadId one = anId();

    assertThat(grouped.handle(one)).contains(one);
  }

  @Test
  void needsNoOtherThreadForOneThatComesAlone() {
    List<Thread> threads = new ArrayList<>();
    Grouped<UploadId, UploadId, UploadId> grouped =
        of(
            ids -> {
              threads.add(Thread.currentThread());
              return new HashSet<>(ids);
            });

    var _ = grouped.handle(anId());
    var _ = grouped.handle(anId());

    assertThat(threads).containsExactly(Thread.currentThread(), Thread.currentThread());
  }

  @Test
  void doesTogetherWhatComesMeanwhile() throws Exception {
    Grouped<UploadId, UploadId, UploadId> grouped = of(ids -> whileBusy(ids, new HashSet<>(ids)));
    CompletableFuture<Boolean> first = request(grouped, anId());
    await(busy);
    List<CompletableFuture<Boolean>> later = waiting(grouped, anId(), anId(), anId());
    go.countDown();

    assertThat(first.get()).isTrue();
    for (var one : later) assertThat(one.get()).isTrue();
    assertThat(groups).hasSize(2);
    assertThat(groups.get(1)).hasSize(3);
  }

  @Test
  void doesTogetherWhatOneThreadAsksFor() {
    Grouped<UploadId, UploadId, UploadId> grouped = of(HashSet::new);
    UploadId[] ids = someIds(3);

    List<Pending<Optional<UploadId>>> asked = Stream.of(ids).map(grouped::ask).toList();
    assertThat(groups).isEmpty();
    assertThat(asked.get(1).get()).contains(ids[1]);

    assertThat(asked.get(0).isDone()).isTrue();
    assertThat(asked.get(0).get()).contains(ids[0]);
    assertThat(asked.get(2).get()).contains(ids[2]);
    assertThat(groups).hasSize(1);
    assertThat(groups.getFirst()).containsExactlyInAnyOrder(ids);
  }

  @Test
  void isNotHeldUpByOneWhoAskedAndDoesSomethingElse() throws Exception {
    Grouped<UploadId, UploadId, UploadId> grouped = of(ids -> whileBusy(ids, new HashSet<>(ids)));
    CompletableFuture<Boolean> first = request(grouped, anId());
    await(busy);
    UploadId early = anId();
    Pending<Optional<UploadId>> asked = grouped.ask(early);
    CompletableFuture<Boolean> later = request(grouped, anId());
    until(() -> grouped.waiting() == 2);
    go.countDown();

    assertThat(first.get()).isTrue();
    assertThat(later.get()).isTrue();
    assertThat(asked.isDone()).as("in the group of the one behind").isTrue();
    assertThat(asked.get()).contains(early);
    assertThat(groups).hasSize(2);
  }

  @Test
  void beginsForOneWhoComesForTheAnswerWhenNobodyElseDoes() throws Exception {
    Grouped<UploadId, UploadId, UploadId> grouped = of(ids -> whileBusy(ids, new HashSet<>(ids)));
    CompletableFuture<Boolean> first = request(grouped, anId());
    await(busy);
    UploadId id = anId();
    Pending<Optional<UploadId>> asked = grouped.ask(id);
    go.countDown();

    assertThat(first.get()).isTrue();
    assertThat(asked.isDone()).isFalse();
    assertThat(asked.get()).contains(id);
  }

  @Test
  void saysWhichOfThemWereNotDone() throws Exception {
    UploadId bad = anId();
    Grouped<UploadId, UploadId, UploadId> grouped = of(ids -> whileBusy(ids, without(ids, bad)));
    CompletableFuture<Boolean> first = request(grouped, anId());
    await(busy);
    List<CompletableFuture<Boolean>> later = waiting(grouped, anId(), bad);
    go.countDown();

    assertThat(first.get()).isTrue();
    assertThat(later.get(0).get()).isTrue();
    assertThat(later.get(1).get()).isFalse();
  }

  @Test
  void keepsOneThatFailsFromFailingTheOthers() throws Exception {
    UploadId bad = anId();
    Grouped<UploadId, UploadId, UploadId> grouped =
        of(
            ids -> {
              if (ids.contains(bad)) throw new IllegalStateException("bad");
              return whileBusy(ids, new HashSet<>(ids));
            });
    CompletableFuture<Boolean> first = request(grouped, anId());
    await(busy);
    List<CompletableFuture<Boolean>> later = waiting(grouped, anId(), bad, anId());
    go.countDown();

    assertThat(first.get()).isTrue();
    assertThat(later.get(0).get()).isTrue();
    assertThatThrownBy(later.get(1)::get).hasRootCauseMessage("bad");
    assertThat(later.get(2).get()).isTrue();
  }

  @Test
  void goesOnAfterAnError() throws Exception {
    Grouped<UploadId, UploadId, UploadId> grouped =
        of(
            ids -> {
              if (ids.size() > 1) throw new StackOverflowError("too many");
              return whileBusy(ids, new HashSet<>(ids));
            });
    CompletableFuture<Boolean> first = request(grouped, anId());
    await(busy);
    List<CompletableFuture<Boolean>> later = waiting(grouped, anId(), anId());
    go.countDown();

    assertThat(first.get()).isTrue();
    for (var one : later) assertThat(one.get()).isTrue();
    assertThat(grouped.handle(anId())).isPresent();
  }

  @Test
  void takesInTheLongestWaitingFirst() throws Exception {
    UploadId[] ids = someIds(100);
    Grouped<UploadId, UploadId, UploadId> grouped =
        of(group -> whileBusy(group, Set.copyOf(group)));
    CompletableFuture<Boolean> first = request(grouped, anId());
    await(busy);
    List<CompletableFuture<Boolean>> later = waiting(grouped, ids);
    go.countDown();

    assertThat(first.get()).isTrue();
    for (var one : later) assertThat(one.get()).isTrue();
    assertThat(groups).hasSize(3);
    assertThat(groups.get(1)).containsExactlyElementsOf(List.of(ids).subList(0, 64));
    assertThat(groups.get(2)).containsExactlyElementsOf(List.of(ids).subList(64, 100));
  }

  @Test
  void neverHasOneSessionTwiceInAGroup() throws Exception {
    UploadId twice = anId();
    Grouped<UploadId, UploadId, UploadId> grouped = of(ids -> whileBusy(ids, new HashSet<>(ids)));
    CompletableFuture<Boolean> first = request(grouped, anId());
    await(busy);
    List<CompletableFuture<Boolean>> later = waiting(grouped, twice, twice);
    go.countDown();

    assertThat(first.get()).isTrue();
    for (var one : later) assertThat(one.get()).isTrue();
    assertThat(groups).hasSize(3).allSatisfy(group -> assertThat(group).hasSize(1));
  }

  @Test
  void sharesAnAnswerAmongThoseWhoOnlyRead() throws Exception {
    UploadId popular = anId();
    UploadId absent = anId();
    Grouped<UploadId, UploadId, UploadId> grouped =
        of(ids -> whileBusy(ids, without(ids, absent)), SHARE, 1);
    CompletableFuture<Boolean> first = request(grouped, anId());
    await(busy);
    List<CompletableFuture<Boolean>> later = waiting(grouped, popular, absent, popular, popular);
    go.countDown();

    assertThat(first.get()).isTrue();
    assertThat(later.get(0).get()).isTrue();
    assertThat(later.get(1).get()).isFalse();
    assertThat(later.get(2).get()).isTrue();
    assertThat(later.get(3).get()).isTrue();
    assertThat(groups).hasSize(2);
    assertThat(groups.get(1)).containsExactly(popular, absent);
  }

  @Test
  void readsAnotherGroupBesideOneWhenEnoughWait() throws Exception {
    Grouped<UploadId, UploadId, UploadId> grouped =
        of(ids -> ids.size() == 1 ? whileBusy(ids, Set.copyOf(ids)) : Set.copyOf(ids), SHARE, 2);
    CompletableFuture<Boolean> first = request(grouped, anId());
    await(busy);
    var waiting = waiting(grouped, someIds(Grouped.ENOUGH));
    CompletableFuture<Boolean> last = request(grouped, anId());

    assertThat(last.get()).isTrue();
    for (var one : waiting) assertThat(one.get()).isTrue();
    assertThat(first).isNotDone();
    go.countDown();
    assertThat(first.get()).isTrue();
    assertThat(groups.getFirst()).hasSize(Grouped.ENOUGH + 1);
  }

  @Test
  void takesInWhoComesWhileItWaitsForALane() throws Exception {
    var lanes = new Lanes(1, PATIENCE);
    var one = of(ids -> whileBusy(ids, new HashSet<>(ids)), Repeats.WAIT, 1, Optional.of(lanes));
    var other = of(HashSet::new, Repeats.WAIT, 1, Optional.of(lanes));
    CompletableFuture<Boolean> first = request(one, anId());
    await(busy);
    CompletableFuture<Boolean> second = request(other, anId());
    until(() -> lanes.waiting() == 1);
    List<CompletableFuture<Boolean>> later = waiting(other, anId(), anId());
    go.countDown();

    assertThat(first.get()).isTrue();
    assertThat(second.get()).isTrue();
    for (var each : later) assertThat(each.get()).isTrue();
    assertThat(groups).hasSize(2);
    assertThat(groups.get(1)).hasSize(3);
  }

  @Test
  void takesInWhoWasAboutToComeWhenItBegan() throws Exception {
    Grouped<UploadId, UploadId, UploadId> grouped = of(HashSet::new);
    List<CompletableFuture<Boolean>> others = new ArrayList<>();
    giveWay =
        () -> {
          if (others.isEmpty()) others.addAll(waiting(grouped, anId(), anId()));
        };

    assertThat(grouped.handle(anId())).isPresent();
    for (var one : others) assertThat(one.get()).isTrue();
    assertThat(groups).hasSize(1);
    assertThat(groups.getFirst()).hasSize(3);
  }

  @Test
  void beginsWithoutALaneWhenNoneComesFree() throws Exception {
    var lanes = new Lanes(1, Duration.ofMillis(1));
    var one = of(ids -> whileBusy(ids, new HashSet<>(ids)), Repeats.WAIT, 1, Optional.of(lanes));
    var other = of(HashSet::new, Repeats.WAIT, 1, Optional.of(lanes));
    CompletableFuture<Boolean> first = request(one, anId());
    await(busy);

    assertThat(other.handle(anId())).isPresent();
    assertThat(first).isNotDone();
    go.countDown();
    assertThat(first.get()).isTrue();
    assertThat(lanes.enter()).isTrue();
    assertThat(lanes.enter()).as("only who got a lane gives one back").isFalse();
  }

  private Grouped<UploadId, UploadId, UploadId> of(Function<List<UploadId>, Set<UploadId>> work) {
    return of(work, Repeats.WAIT, 1);
  }

  private Grouped<UploadId, UploadId, UploadId> of(
      Function<List<UploadId>, Set<UploadId>> work, Repeats repeats, int atOnce) {
    return of(work, repeats, atOnce, Optional.empty());
  }

  private Grouped<UploadId, UploadId, UploadId> of(
      Function<List<UploadId>, Set<UploadId>> work,
      Repeats repeats,
      int atOnce,
      Optional<Lanes> lanes) {
    return new Grouped<>(
        ids -> {
          Set<UploadId> done = work.apply(ids);
          groups.add(ids);
          return done.stream().collect(toMap(Function.identity(), Function.identity()));
        },
        Function.identity(),
        repeats,
        atOnce,
        lanes,
        () -> giveWay.run());
  }

  /** The first group waits until the test lets it go. */
  private Set<UploadId> whileBusy(List<UploadId> ids, Set<UploadId> done) {
    assertThat(ids).isNotEmpty();
    busy.countDown();
    await(go);
    return done;
  }

  private CompletableFuture<Boolean> request(
      Grouped<UploadId, UploadId, UploadId> grouped, UploadId id) {
    return CompletableFuture.supplyAsync(() -> grouped.handle(id).isPresent(), requests);
  }

  /** Requests that are all in the queue when this returns, in this order. */
  private List<CompletableFuture<Boolean>> waiting(
      Grouped<UploadId, UploadId, UploadId> grouped, UploadId... ids) {
    List<CompletableFuture<Boolean>> all = new ArrayList<>();
    for (UploadId id : ids) {
      all.add(request(grouped, id));
      until(() -> grouped.waiting() >= all.size());
    }
    return all;
  }

  private static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private static Set<UploadId> without(List<UploadId> ids, UploadId bad) {
    Set<UploadId> done = new HashSet<>(ids);
    done.remove(bad);
    return done;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static UploadId[] someIds(int count) {
    return Stream.generate(GroupedTest::anId).limit(count).toArray(UploadId[]::new);
  }

  private static UploadId anId() {
    return new UploadId(UUID.randomUUID());
  }
}
