package io.gantry.application.upload;

import io.gantry.domain.UnitOfWork;
import io.gantry.domain.upload.UploadId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Does for several requests in one statement what each would else do in one of its own. Nobody
 * waits for company: whoever comes while a statement is under way is in the next one. Thread-safe.
 *
 * @param <T> what a request brings; of several about one session, one is in a group
 */
final class Grouped<T> {
  /** Enough that the cost of a statement is shared, small enough that it is short. */
  private static final int MOST = 64;

  private final Function<List<T>, Set<UploadId>> work;
  private final Function<T, UploadId> id;
  private final UnitOfWork unitOfWork;
  private final Executor executor;

  private final ConcurrentLinkedQueue<Waiting<T>> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean running = new AtomicBoolean();

  private record Waiting<T>(T item, CompletableFuture<Boolean> done) {}

  /**
   * Makes groups for {@code work}, which is one statement and says which items it has done.
   *
   * @param executor runs one task at a time, in any thread but one that is in a transaction
   */
  Grouped(
      Function<List<T>, Set<UploadId>> work,
      Function<T, UploadId> id,
      UnitOfWork unitOfWork,
      Executor executor) {
    this.work = work;
    this.id = id;
    this.unitOfWork = unitOfWork;
    this.executor = executor;
  }

  /**
   * Returns, once it is durable, whether the item was done; blocks. Throws what the work throws.
   */
  boolean handle(T item) {
    var mine = new Waiting<T>(item, new CompletableFuture<>());
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
      for (List<Waiting<T>> group = next(); !group.isEmpty(); group = next()) {
        if (!tryAll(group)) group.forEach(this::tryAlone);
      }
      running.set(false);
      // Somebody may have come who saw that this was still running.
    } while (!waiting.isEmpty() && running.compareAndSet(false, true));
  }

  private List<Waiting<T>> next() {
    Map<UploadId, Waiting<T>> group = new LinkedHashMap<>();
    List<Waiting<T>> later = new ArrayList<>();
    for (var one = waiting.poll(); one != null; one = waiting.poll()) {
      if (group.putIfAbsent(id.apply(one.item()), one) != null) later.add(one);
      if (group.size() == MOST) break;
    }
    waiting.addAll(later);
    return List.copyOf(group.values());
  }

  private boolean tryAll(List<Waiting<T>> group) {
    if (group.size() == 1) return false;
    Set<UploadId> done;
    try {
      done =
          unitOfWork.withoutTransaction(
              () -> work.apply(group.stream().map(Waiting::item).toList()));
    } catch (Throwable t) { // an error too, or nothing would be taken from the queue ever after
      return false; // what is wrong with one must not be held against the others
    }
    group.forEach(one -> one.done().complete(done.contains(id.apply(one.item()))));
    return true;
  }

  private void tryAlone(Waiting<T> one) {
    try {
      Set<UploadId> done = unitOfWork.withoutTransaction(() -> work.apply(List.of(one.item())));
      one.done().complete(!done.isEmpty());
    } catch (Throwable t) { // whatever it is, its request must not wait for ever
      one.done().completeExceptionally(t);
    }
  }
}
