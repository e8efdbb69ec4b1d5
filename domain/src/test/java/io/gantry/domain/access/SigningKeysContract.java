package io.gantry.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.SigningKeys.SigningKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link SigningKeys} does. */
public abstract class SigningKeysContract {
  private static final Duration EVERY = Duration.ofDays(30);
  private static final Duration KEEP = Duration.ofDays(10);

  protected abstract SigningKeys signingKeys();

  protected abstract UnitOfWork unitOfWork();

  /** Makes every key that much older. */
  protected abstract void letTimePass(Duration time);

  @Test
  void thereIsAlwaysAKeyOf256Bits() {
    assertThat(all()).hasSize(1);
    assertThat(all().getFirst().secret()).matches("[0-9a-f]{64}");
  }

  @Test
  void everybodyGetsTheSameKeys() {
    assertThat(all()).isEqualTo(all());
  }

  @Test
  void doesNotRotateBeforeItIsTime() {
    List<SigningKey> before = all();

    letTimePass(EVERY.minusMinutes(1));
    rotate();

    assertThat(all()).isEqualTo(before);
  }

  @Test
  void aNewKeySignsOnceEveryReplicaKnowsIt() {
    SigningKey old = all().getFirst();
    letTimePass(EVERY.plusMinutes(1));

    rotate();
    assertThat(all()).hasSize(2).first().isEqualTo(old);
    letTimePass(SigningKeys.PUBLISHED_BEFORE_USE.plusSeconds(1));
    assertThat(all()).hasSize(2).last().isEqualTo(old);
  }

  @Test
  void rotatingTwiceIsTheSameAsOnce() {
    var _ = all();
    letTimePass(EVERY.plusMinutes(1));

    rotate();
    rotate();

    assertThat(all()).hasSize(2);
  }

  @Test
  void forgetsAKeyOnlyAfterItsTokensAreOver() {
    SigningKey old = all().getFirst();
    letTimePass(EVERY.plusMinutes(1));
    rotate();

    letTimePass(KEEP.minusMinutes(1));
    rotate();
    assertThat(all()).contains(old);
    letTimePass(Duration.ofMinutes(2));
    rotate();
    assertThat(all()).doesNotContain(old);
  }

  @Test
  void makesTheFirstKeyInRotatingToo() {
    rotate();
    assertThat(all()).hasSize(1);
  }

  private void rotate() {
    unitOfWork().run(() -> signingKeys().rotate(EVERY, KEEP));
  }

  private List<SigningKey> all() {
    return unitOfWork().inTransaction(() -> signingKeys().all());
  }
}
