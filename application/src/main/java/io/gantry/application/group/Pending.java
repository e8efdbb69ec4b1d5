package io.gantry.application.group;

import java.util.function.Function;

/** What was asked for and may not be there yet. Belongs to the thread that asked. */
public interface Pending<T> {
  /** What is there already. */
  static <T> Pending<T> of(T value) {
    return new Pending<>() {
      @Override
      public boolean isDone() {
        return true;
      }

      @Override
      public T get() {
        return value;
      }
    };
  }

  /** Whether {@link #get} would not wait. */
  boolean isDone();

  /** Waits for it. Called once; throws what came instead of it. */
  T get();

  /** What is made of it by the one who gets it. */
  default <R> Pending<R> map(Function<? super T, ? extends R> function) {
    return new Pending<>() {
      @Override
      public boolean isDone() {
        return Pending.this.isDone();
      }

      @Override
      public R get() {
        return function.apply(Pending.this.get());
      }
    };
  }
}
