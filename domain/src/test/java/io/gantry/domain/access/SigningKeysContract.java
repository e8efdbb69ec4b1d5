package io.gantry.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.SigningKeys.SigningKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link SigningKeys} does. */
public abstract class SigningKeysContract {
  protected abstract SigningKeys signingKeys();

  protected abstract UnitOfWork unitOfWork();

  @Test
  void thereIsAlwaysAKeyOf256Bits() {
    assertThat(all()).hasSize(1);
    assertThat(all().getFirst().secret()).matches("[0-9a-f]{64}");
  }

  @Test
  void everybodyGetsTheSameKeys() {
    assertThat(all()).isEqualTo(all());
  }

  private List<SigningKey> all() {
    return unitOfWork().inTransaction(() -> signingKeys().all());
  }
}
