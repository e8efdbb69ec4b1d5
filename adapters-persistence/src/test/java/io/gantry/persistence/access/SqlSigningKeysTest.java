package io.gantry.persistence.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.SigningKeys;
import io.gantry.domain.access.SigningKeys.SigningKey;
import io.gantry.domain.access.SigningKeysContract;
import io.gantry.persistence.AtOnce;
import io.gantry.persistence.PostgresContent;
import io.gantry.persistence.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
final class SqlSigningKeysTest extends SigningKeysContract {
  @Inject SigningKeys signingKeys;
  @Inject PostgresContent content;

  @BeforeEach
  void clear() {
    content.clear();
  }

  @Override
  protected SigningKeys signingKeys() {
    return signingKeys;
  }

  @Override
  protected UnitOfWork unitOfWork() {
    return content.unitOfWork();
  }

  @Override
  protected void letTimePass(Duration time) {
    content.letTimePass(time);
  }

  @Test
  void whoeverRotatesAtOnceAddsOneKey() {
    var _ = unitOfWork().inTransaction(() -> signingKeys.all());
    content.letTimePass(Duration.ofDays(2));

    var _ = AtOnce.call(8, _ -> unitOfWork().inTransaction(this::rotateDaily));

    assertThat(unitOfWork().inTransaction(() -> signingKeys.all())).hasSize(2);
  }

  private boolean rotateDaily() {
    signingKeys.rotate(Duration.ofDays(1), Duration.ofDays(1));
    return true;
  }

  @Test
  void firstCallersAtOnceAgreeOnOneKey() {
    List<List<SigningKey>> seen =
        AtOnce.call(8, _ -> unitOfWork().inTransaction(() -> signingKeys.all()));

    assertThat(seen).hasSize(8).containsOnly(seen.getFirst());
    assertThat(seen.getFirst()).hasSize(1);
  }
}
