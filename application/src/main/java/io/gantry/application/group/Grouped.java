package io.gantry.application.group;

import io.gantry.domain.UnitOfWork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Does for several requests in one statement what each would else do in one of its own. Nobody
 * waits for company: whoever comes while a statement is under way is in the next one, which begins
 * after they came and so sees all that was done before. Thread-safe.
 *
 * @param <K> what an item is about; a group has one item about each
 * @param <T> what a request brings
 * @param <R> what it gets
 */
public final class Grouped<K, T, R> {
  /** Enough that the cost of a statement is shared, small enough that it is short. */
  private static final int MOST = 64;

  private final Function<List<T>, Map<K, R>> work;
  private final Function<T, K> key;
  private final Repeats repeats;
  private final Executor executor;

  private final ConcurrentLinkedQueue<Waiting<T, R>> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean running = new AtomicBoolean();

  private record Waiting<T, R>(T item, CompletableFuture<Optional<R>> done) {}

  /** What several items about the same do that come at once. */
  public enum Repeats {
    /** One after the other, each in another group: for what changes something. */
    WAIT,
    /** The first stands for all, and they share the answer: for what only reads. */
    SHARE
  }

  /**
   * Makes groups for {@code work}, which is one statement and has an answer for each item it could
   * do something for.
   *
   * @param executor runs one task at a time, in any thread but one that is in a transaction
   */
  public Grouped(
      Function<List<T>, Map<K, R>> work,
      Function<T, K> key,
      Repeats repeats,
      UnitOfWork unitOfWork,
      Executor executor) {
    this(items -> unitOfWork.withoutTransaction(() -> work.apply(items)), key, repeats, executor);
  }

  /** As above, for {@code work} that is a unit by itself: all of it is done or none. */
  public Grouped(
      Function<List<T>, Map<K, R>> work, Function<T, K> key, Repeats repeats, Executor executor) {
    this.work = work;
    this.key = key;
    this.repeats = repeats;
    this.executor = executor;
  }

  /**
   * Returns the answer for the item, if there is one, when the statement is done (so if it changed
   * something, that is durable); blocks. Throws what the work throws.
   */
  public Optional<R> handle(T item) {
    var mine = new Waiting<T, R>(item, new CompletableFuture<>());
    waiting.add(mine);
    if (running.compareAndSet(false, true)) executor.execute(this::run);
    try {
      return mine.done().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  /** How many wait for the next group. */
  int waiting() {
    return waiting.size();
  }

  private void run() {
    do {
      for (var group = next(); !group.isEmpty(); group = next()) {
        if (!tryAll(group)) group.values().forEach(alike -> alike.forEach(this::tryAlone));
      }
      running.set(false);
      // Somebody may have come who saw that this was still running.
    } while (!waiting.isEmpty() && running.compareAndSet(false, true));
  }

  /** All of a list are about the same. */
  private Map<K, List<Waiting<T, R>>> next() {
    Map<K, List<Waiting<T, R>>> group = new LinkedHashMap<>();
    List<Waiting<T, R>> later = new ArrayList<>();
    for (var one = waiting.poll(); one != null; one = waiting.poll()) {
      List<Waiting<T, R>> alike =
          group.computeIfAbsent(key.apply(one.item()), _ -> new ArrayList<>());
      if (alike.isEmpty() || repeats == Repeats.SHARE) alike.add(one);
      else later.add(one);
      if (group.size() == MOST) break;
    }
    waiting.addAll(later);
    return group;
  }

  private boolean tryAll(Map<K, List<Waiting<T, R>>> group) {
    if (group.size() == 1 && group.values().iterator().next().size() == 1) return false;
    Map<K, R> answers;
    try {
      List<T> items = group.values().stream().map(alike -> alike.getFirst().item()).toList();
      answers = work.apply(items);
    } catch (Throwable t) { // an error too, or nothing would be taken from the queue ever after
      return false; // what is wrong with one must not be held against the others
    }
    group.forEach(
        (about, alike) -> {
          Optional<R> answer = Optional.ofNullable(answers.get(about));
          alike.forEach(one -> one.done().complete(answer));
        });
    return true;
  }

  private void tryAlone(Waiting<T, R> one) {
    try {
      Map<K, R> answers = work.apply(List.of(one.item()));
      one.done().complete(Optional.ofNullable(answers.get(key.apply(one.item()))));
    } catch (Throwable t) { // whatever it is, its request must not wait for ever
      one.done().completeExceptionally(t);
    }
  }
}
