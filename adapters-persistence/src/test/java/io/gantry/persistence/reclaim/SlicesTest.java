package io.gantry.persistence.reclaim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.persistence.PostgresTestResource;
import io.gantry.persistence.Statements;
import io.gantry.persistence.reclaim.Slices.Slice;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
final class SlicesTest {
  @Inject Statements statements;

  @Test
  void aSmallTableIsOneSlice() {
    Slices slices = ofRows(2);

    for (int round = 0; round < 3; round++) assertThat(look(slices)).isEqualTo(new Slice("0", "9"));
  }

  @Test
  void goesOnAnywhereBehindTheFirstAndThenRoundAndRound() {
    Slices slices = ofRows(8);

    assertThat(look(slices)).isEqualTo(new Slice("0", "3"));
    assertThat(look(slices)).isEqualTo(new Slice("4", "7"));
    assertThat(look(slices)).isEqualTo(new Slice("7", "9"));
    for (int round = 0; round < 2; round++) {
      assertThat(look(slices)).isEqualTo(new Slice("0", "3"));
      assertThat(look(slices)).isEqualTo(new Slice("3", "6"));
      assertThat(look(slices)).isEqualTo(new Slice("6", "9"));
    }
  }

  @Test
  void staysUntilItIsDone() {
    Slices slices = ofRows(8);

    assertThat(slices.next()).isEqualTo(new Slice("0", "3"));
    assertThat(slices.next()).isEqualTo(new Slice("0", "3"));
  }

  private static Slice look(Slices slices) {
    Slice slice = slices.next();
    slices.done(slice);
    return slice;
  }

  /** Slices of three of the numbers from 1; 4 is anywhere. */
  private Slices ofRows(int count) {
    String endOf =
        """
        select cast(k as text) from generate_series(1, %d) k where k > cast(? as integer)
        order by k offset 2 limit 1
        """
            .formatted(count);
    return new Slices(statements, endOf, "0", "9", () -> "4");
  }
}
