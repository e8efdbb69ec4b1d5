package io.gantry.persistence;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Runs things in several threads. */
public final class AtOnce {
  private static final long DEADLINE_SECONDS = 30;

  private AtOnce() {}

  /** What {@code work} returns to {@code threads} callers that start together, by their number. */
  public static <T> List<T> call(int threads, IntFunction<T> work) {
    CountDownLatch start = new CountDownLatch(1);
    List<CompletableFuture<T>> running = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      for (int i = 0; i < threads; i++) {
        int number = i;
        running.add(
            CompletableFuture.supplyAsync(
                () -> {
                  await(start);
                  return work.apply(number);
                },
                executor));
      }
      start.countDown();
      return running.stream().map(AtOnce::join).toList();
    }
  }

  /** Starts {@code work} in another thread. */
  public static <T> CompletableFuture<T> start(Supplier<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    var _ =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    result.complete(work.get());
                  } catch (Throwable t) {
                    result.completeExceptionally(t);
                  }
                });
    return result;
  }

  /** The result, which must be there before long; the failure as the cause, if it failed. */
  public static <T> T join(CompletableFuture<T> running) {
    return running.orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS).join();
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the others did not start");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
