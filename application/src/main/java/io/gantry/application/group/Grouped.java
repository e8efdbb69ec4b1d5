package io.gantry.application.group;

import static java.util.Objects.requireNonNull;

import io.gantry.domain.UnitOfWork;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Does for several requests in one statement what each would else do in one of its own. Nobody
 * waits for company: whoever comes while statements are under way is in the next one, which begins
 * after they came and so sees all that was done before; so is who was about to come when it began.
 * Thread-safe.
 *
 * <p>There are no threads but those of the requests. Who does not have to wait runs a statement at
 * once, as if there were no groups; when one is done, the request that has waited longest runs the
 * next, for itself and the others.
 *
 * @param <K> what an item is about; a group has one item about each
 * @param <T> what a request brings
 * @param <R> what it gets
 */
public final class Grouped<K, T, R> {
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  /** How many groups that only read may be under way at once: no more than can be worked on. */
  private static final int READS_AT_ONCE = PROCESSORS;

  /** For all groups that change something. The requests themselves need processors, too. */
  private static final Lanes CHANGES =
      new Lanes(Math.max(1, PROCESSORS / 2), Duration.ofMillis(25));

  /** Enough that the cost of a statement is shared, small enough that it is short. */
  private static final int MOST = 64;

  /**
   * How many others must wait before another group begins beside one. With fewer, it would only
   * make groups smaller: the same work in more statements.
   */
  static final int ENOUGH = MOST / 2;

  private final Function<List<T>, Map<K, R>> work;
  private final Function<T, K> key;
  private final Repeats repeats;
  private final int atOnce;
  private final Optional<Lanes> lanes;
  private final Runnable giveWay;

  /** In the order they came; guarded by this, as is the next. */
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  private int underWay;

  /** An item that was asked for. */
  private final class Waiting implements Pending<Optional<R>> {
    final K about;
    final T item;

    /** What its thread does next: takes the answer, or runs a group. */
    final CompletableFuture<Supplier<Optional<R>>> turn = new CompletableFuture<>();

    /** Whether it is in a group that is under way or done; guarded by the groups. */
    boolean isIn;

    /** Whether its thread has come for the answer, and could run a group; guarded as well. */
    boolean isAwaited;

    Waiting(T item) {
      this.about = key.apply(item);
      this.item = item;
    }

    @Override
    public boolean isDone() {
      return turn.isDone();
    }

    @Override
    public Optional<R> get() {
      return runsNow(this) ? run(this) : turn.join().get();
    }
  }

  /** What several items about the same do that come at once. */
  public enum Repeats {
    /** One group after the other, each item in another one: for what changes something. */
    WAIT,
    /** The first stands for all, and they share the answer: for what only reads. */
    SHARE
  }

  /** As the other one, for {@code work} that is a single statement without a transaction. */
  public Grouped(
      Function<List<T>, Map<K, R>> work,
      Function<T, K> key,
      Repeats repeats,
      UnitOfWork unitOfWork) {
    this(items -> unitOfWork.withoutTransaction(() -> work.apply(items)), key, repeats);
  }

  /**
   * Makes groups for {@code work}, which does all of a group or nothing, and has an answer for each
   * item it could do something for.
   */
  public Grouped(Function<List<T>, Map<K, R>> work, Function<T, K> key, Repeats repeats) {
    this(
        work,
        key,
        repeats,
        repeats == Repeats.SHARE ? READS_AT_ONCE : 1,
        repeats == Repeats.SHARE ? Optional.empty() : Optional.of(CHANGES),
        Grouped::giveWay);
  }

  /**
   * Lets requests run that are about to. Virtual threads wait in a queue for it, and one that
   * yields goes to the end; if there is no other, it goes on at once. Only the size of groups is at
   * stake.
   */
  @SuppressWarnings("ThreadPriorityCheck")
  private static void giveWay() {
    Thread.yield();
  }

  Grouped(
      Function<List<T>, Map<K, R>> work,
      Function<T, K> key,
      Repeats repeats,
      int atOnce,
      Optional<Lanes> lanes,
      Runnable giveWay) {
    this.work = work;
    this.key = key;
    this.repeats = repeats;
    this.atOnce = atOnce;
    this.lanes = lanes;
    this.giveWay = giveWay;
  }

  /**
   * Returns the answer for the item, if there is one, when the statement is done (so if it changed
   * something, that is durable); blocks, and is not called in a transaction. Throws what the work
   * throws.
   */
  public Optional<R> handle(T item) {
    return ask(item).get();
  }

  /**
   * As {@link #handle}, for a thread that asks for several things before it waits: so they are in
   * one statement. That begins when one of those who asked comes for the answer, and all of them
   * have to.
   */
  public Pending<Optional<R>> ask(T item) {
    var mine = new Waiting(item);
    synchronized (this) {
      waiting.add(mine);
    }
    return mine;
  }

  /** How many wait for the next group. */
  synchronized int waiting() {
    return waiting.size();
  }

  /** Whether its thread runs a group; else it waits until another one did, or tells it to. */
  private synchronized boolean runsNow(Waiting mine) {
    mine.isAwaited = true;
    if (mine.isIn || !mayBegin()) return false;
    begin(mine);
    return true;
  }

  /** Who has not come for the answer yet begins by itself, and until then holds up nobody. */
  private synchronized void handOver() {
    underWay--;
    if (!mayBegin()) return;
    for (Waiting next : waiting) {
      if (next.isAwaited) {
        begin(next);
        var _ = next.turn.complete(() -> run(next));
        return;
      }
    }
  }

  private boolean mayBegin() {
    return underWay == 0 || (underWay < atOnce && waiting.size() > ENOUGH);
  }

  private void begin(Waiting first) {
    underWay++;
    first.isIn = true;
    var _ = waiting.remove(first);
  }

  private Optional<R> run(Waiting mine) {
    Map<K, List<Waiting>> group;
    Map<K, Supplier<Optional<R>>> answers;
    Optional<Lanes> lane = lanes.filter(Lanes::enter);
    try {
      giveWay.run();
      group = groupOf(mine);
      answers = answers(group);
    } finally {
      lane.ifPresent(Lanes::leave);
      handOver(); // the next statement begins before those of this one go on
    }
    group.forEach((about, alike) -> alike.forEach(one -> one.turn.complete(answers.get(about))));
    return requireNonNull(answers.get(mine.about)).get();
  }

  /** All of a list are about the same. Who cannot be in it keeps its place. */
  private synchronized Map<K, List<Waiting>> groupOf(Waiting first) {
    Map<K, List<Waiting>> group = new LinkedHashMap<>();
    List<Waiting> later = new ArrayList<>();
    for (var one = first; one != null; one = group.size() < MOST ? waiting.poll() : null) {
      List<Waiting> alike = group.computeIfAbsent(one.about, _ -> new ArrayList<>());
      one.isIn = alike.isEmpty() || repeats == Repeats.SHARE;
      var _ = (one.isIn ? alike : later).add(one);
    }
    later.reversed().forEach(waiting::addFirst);
    return group;
  }

  private Map<K, Supplier<Optional<R>>> answers(Map<K, List<Waiting>> group) {
    Map<K, Supplier<Optional<R>>> answers = new HashMap<>();
    List<T> items = group.values().stream().map(alike -> alike.getFirst().item).toList();
    Optional<Map<K, R>> all = items.size() > 1 ? tryAll(items) : Optional.empty();
    group.forEach(
        (about, alike) ->
            answers.put(
                about,
                all.map(found -> answer(found, about))
                    .orElseGet(() -> alone(about, alike.getFirst().item))));
    return answers;
  }

  private Optional<Map<K, R>> tryAll(List<T> items) {
    try {
      return Optional.of(work.apply(items));
    } catch (Throwable t) { // an error too: what is wrong with one must not be held against others
      return Optional.empty();
    }
  }

  private Supplier<Optional<R>> alone(K about, T item) {
    try {
      return answer(work.apply(List.of(item)), about);
    } catch (RuntimeException e) {
      return () -> {
        throw e;
      };
    } catch (Error e) {
      return () -> {
        throw e;
      };
    }
  }

  private static <K, R> Supplier<Optional<R>> answer(Map<K, R> found, K about) {
    Optional<R> answer = Optional.ofNullable(found.get(about));
    return () -> answer;
  }
}
