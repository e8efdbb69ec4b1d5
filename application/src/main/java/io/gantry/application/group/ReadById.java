package io.gantry.application.group;

import io.gantry.application.group.Grouped.Repeats;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.namespace.Region;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Reads things by their ids, those of a region that are asked for at once in one statement. Who may
 * see what was read is for each request to decide. Thread-safe.
 */
public final class ReadById<I, R> {
  private final Map<Region, Grouped<I, I, R>> regions = new ConcurrentHashMap<>();
  private final BiFunction<Region, Collection<I>, Map<I, R>> find;
  private final UnitOfWork unitOfWork;

  public ReadById(BiFunction<Region, Collection<I>, Map<I, R>> find, UnitOfWork unitOfWork) {
    this.find = find;
    this.unitOfWork = unitOfWork;
  }

  /**
   * Asks what has this id now. Whoever asks has to get it as well, and not in a transaction (see
   * {@link Grouped#ask}).
   */
  public Pending<Optional<R>> ask(Region region, I id) {
    return of(region).ask(id);
  }

  /** How many wait for the next statement about a region. */
  int waiting(Region region) {
    return of(region).waiting();
  }

  private Grouped<I, I, R> of(Region region) {
    return regions.computeIfAbsent(region, this::grouped);
  }

  private Grouped<I, I, R> grouped(Region region) {
    return new Grouped<>(
        ids -> find.apply(region, ids), Function.identity(), Repeats.SHARE, unitOfWork);
  }
}
