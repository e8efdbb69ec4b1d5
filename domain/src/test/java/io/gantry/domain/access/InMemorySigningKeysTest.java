package io.gantry.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.InMemoryUnitOfWork;
import io.gantry.domain.MutableClock;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.SigningKeys.SigningKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class InMemorySigningKeysTest extends SigningKeysContract {
  private final MutableClock clock = new MutableClock();
  private final SigningKeys signingKeys = new InMemorySigningKeys(clock);
  private final UnitOfWork unitOfWork = new InMemoryUnitOfWork(new InMemoryRegistry());

  @Override
  protected SigningKeys signingKeys() {
    return signingKeys;
  }

  @Override
  protected UnitOfWork unitOfWork() {
    return unitOfWork;
  }

  @Override
  protected void letTimePass(Duration time) {
    clock.advance(time);
  }

  @Test
  void aKeyDoesNotShowItsSecret() {
    assertThat(new SigningKey("id", "f00d").toString()).contains("id").doesNotContain("f00d");
  }
}
