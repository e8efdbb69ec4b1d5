package io.gantry.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.InMemoryUnitOfWork;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.SigningKeys.SigningKey;
import org.junit.jupiter.api.Test;

final class InMemorySigningKeysTest extends SigningKeysContract {
  private final SigningKeys signingKeys = new InMemorySigningKeys();
  private final UnitOfWork unitOfWork = new InMemoryUnitOfWork(new InMemoryRegistry());

  @Override
  protected SigningKeys signingKeys() {
    return signingKeys;
  }

  @Override
  protected UnitOfWork unitOfWork() {
    return unitOfWork;
  }

  @Test
  void aKeyDoesNotShowItsSecret() {
    assertThat(new SigningKey("id", "f00d").toString()).contains("id").doesNotContain("f00d");
  }
}
