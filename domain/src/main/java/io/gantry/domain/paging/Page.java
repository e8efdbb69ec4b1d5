package io.gantry.domain.paging;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param items what is on it, in order; empty past the end
 * @param totalCount items on all pages together
 */
public record Page<T>(List<T> items, long totalCount) {
  public Page {
    items = List.copyOf(items);
  }

  public static <T> Page<T> empty() {
    return new Page<>(List.of(), 0);
  }

  /** The page of a list that is there as a whole. */
  public static <T> Page<T> of(List<T> all, PageRequest request) {
    long from = Math.min(request.offset(), all.size());
    long to = Math.min(from + request.size(), all.size());
    return new Page<>(all.subList((int) from, (int) to), all.size());
  }

  public <R> Page<R> map(Function<? super T, ? extends R> f) {
    return new Page<>(items.stream().<R>map(f).toList(), totalCount);
  }
}
