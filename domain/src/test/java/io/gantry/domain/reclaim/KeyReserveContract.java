package io.gantry.domain.reclaim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.BlobScene;
import io.gantry.domain.blob.StorageKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link KeyReserve} does. */
public abstract class KeyReserveContract extends BlobScene {
  private static final Duration PERIOD = Duration.ofMinutes(10);

  @Test
  void makesAsManyKeysAsAskedAndNoneTwice() {
    List<StorageKey> keys = reserved(20);
    assertThat(keys).hasSize(20).doesNotHaveDuplicates().doesNotContainAnyElementsOf(reserved(20));
  }

  @Test
  void leavesReservedKeysAloneUntilTheirPeriodIsOver() {
    StorageKey key = reserved(1).getFirst();
    assertThat(due()).doesNotContain(key);
    content().letTimePass(PERIOD.plusSeconds(1));
    assertThat(due()).contains(key);
  }

  private List<StorageKey> reserved(int count) {
    return inTransaction(() -> reserve().reserve(count, PERIOD));
  }

  private List<StorageKey> due() {
    return inTransaction(() -> garbage().dueTombstones(100, Duration.ofMinutes(5)));
  }
}
