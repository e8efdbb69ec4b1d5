package io.gantry.application.upload;

import io.gantry.domain.UnitOfWork;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.reclaim.KeyReserve;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * This replica's stock of storage keys for blobs that arrive in one piece: fetched many at a time,
 * so that a small blob costs one durable transaction instead of two. Thread-safe.
 */
public final class ReservedKeys {
  private static final int BATCH = 128;
  private static final Duration PERIOD = Duration.ofHours(1);

  /** A key is not given out when less than half of its period is left to use it in. */
  private static final Duration FRESH = PERIOD.dividedBy(2);

  private final KeyReserve reserve;
  private final UnitOfWork unitOfWork;
  private final Clock clock;
  private final ConcurrentLinkedQueue<Stocked> stock = new ConcurrentLinkedQueue<>();

  private record Stocked(StorageKey key, Instant until) {}

  public ReservedKeys(KeyReserve reserve, UnitOfWork unitOfWork, Clock clock) {
    this.reserve = reserve;
    this.unitOfWork = unitOfWork;
    this.clock = clock;
  }

  /** A key that nobody else gets. */
  StorageKey take() {
    Instant now = clock.instant();
    Stocked stocked;
    while ((stocked = stock.poll()) != null) {
      if (now.isBefore(stocked.until())) return stocked.key();
    }
    List<StorageKey> keys = unitOfWork.inTransaction(() -> reserve.reserve(BATCH, PERIOD));
    keys.stream().skip(1).forEach(key -> stock.add(new Stocked(key, now.plus(FRESH))));
    return keys.getFirst();
  }
}
