import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

/** How long each of many steps took, and all of them together. */
record Times(long[] nanos, double seconds) {
  /** What is timed; {@code own} belongs to one thread. */
  interface Step<T> {
    void run(T own, int number) throws Exception;
  }

  /** What a thread does until no step is left; steps that it has begun may overlap. */
  interface Work<T> {
    void run(T own, Steps steps) throws Exception;
  }

  /** The steps that are left, for all threads. */
  static final class Steps {
    private final AtomicInteger left;
    private final long[] nanos;

    private Steps(int count) {
      left = new AtomicInteger(count);
      nanos = new long[count];
    }

    /** Starts the clock of one more step and returns its number; a negative one if none is left. */
    int begin() {
      int number = left.decrementAndGet();
      if (number >= 0) nanos[number] = -System.nanoTime();
      return number;
    }

    void end(int number) {
      nanos[number] += System.nanoTime();
    }
  }

  String summary(String unit) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return "rate=%.1f unit=%s p50_ms=%.2f p99_ms=%.2f max_ms=%.2f"
        .formatted(
            nanos.length / seconds,
            unit,
            sorted[sorted.length / 2] / 1e6,
            sorted[(int) (sorted.length * 0.99)] / 1e6,
            sorted[sorted.length - 1] / 1e6);
  }

  /**
   * Runs {@code step} {@code count} times on {@code threads}, each of which has its own {@code T}.
   */
  static <T> Times of(int count, int threads, Callable<T> own, Step<T> step) throws Exception {
    return overlapping(
        count,
        threads,
        own,
        (mine, steps) -> {
          for (int i = steps.begin(); i >= 0; i = steps.begin()) {
            step.run(mine, i);
            steps.end(i);
          }
        });
  }

  /** Does {@code count} steps on {@code threads}, each of which has its own {@code T}. */
  static <T> Times overlapping(int count, int threads, Callable<T> own, Work<T> work)
      throws Exception {
    var steps = new Steps(count);
    var prepared = new CountDownLatch(threads);
    var start = new CountDownLatch(1);
    List<FutureTask<Void>> tasks = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      var task =
          new FutureTask<Void>(
              () -> {
                T mine;
                try {
                  mine = own.call();
                } finally {
                  prepared.countDown();
                }
                start.await();
                try {
                  work.run(mine, steps);
                } finally {
                  if (mine instanceof AutoCloseable closeable) closeable.close();
                }
                return null;
              });
      tasks.add(task);
      Thread.ofPlatform().daemon().start(task);
    }
    prepared.await();
    long started = System.nanoTime();
    start.countDown();
    for (var task : tasks) task.get();
    return new Times(steps.nanos, (System.nanoTime() - started) / 1e9);
  }
}
