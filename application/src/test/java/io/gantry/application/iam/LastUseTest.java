package io.gantry.application.iam;

import static io.gantry.application.ControlPlane.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.application.access.Authenticate;
import io.gantry.application.access.LastUses;
import io.gantry.domain.access.AccessKey;
import io.gantry.domain.error.RegistryError.Unauthenticated;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** When a key was last used, from the request that uses it to the details that show it. */
final class LastUseTest {
  private static final Duration TIME_TO_LIVE = Duration.ofSeconds(2);

  private final IamUseCases iam = new IamUseCases();
  private final LastUses lastUses = new LastUses();
  private final Authenticate authenticate =
      new Authenticate(
          iam.authentication, iam.catalogue.unitOfWork(), iam.clock, TIME_TO_LIVE, lastUses);
  private final StoreLastUses store =
      new StoreLastUses(lastUses, iam.keys, iam.catalogue.unitOfWork());
  private final IssuedKey key = iam.createKey(iam.boss, iam.addApplication());

  @Test
  void isUnknownUntilItIsUsedAndStored() {
    store.handle();
    assertThat(stored()).isEmpty();

    logIn();
    assertThat(stored()).isEmpty();
    store.handle();

    assertThat(stored()).contains(iam.clock.instant());
  }

  @Test
  void movesOnWithLaterUsesAndNeverBack() {
    logIn();
    store.handle();
    Instant first = iam.clock.instant();
    iam.clock.advance(TIME_TO_LIVE);
    store.handle();
    assertThat(stored()).contains(first);

    logIn();
    store.handle();

    assertThat(stored()).contains(first.plus(TIME_TO_LIVE));
  }

  @Test
  void isNotThatOfAGuess() {
    assertThat(failureOf(() -> authenticate.bySecret(UUID.randomUUID().toString())))
        .isInstanceOf(Unauthenticated.class);
    store.handle();

    assertThat(lastUses.take()).isEmpty();
    assertThat(stored()).isEmpty();
  }

  @Test
  void ofARevokedKeyIsPassedOver() {
    logIn();
    AccessKey accessKey = key.details().key().accessKey();
    iam.deleteKey.handle(iam.boss, accessKey);

    store.handle();

    assertThat(iam.stored(accessKey)).isEmpty();
  }

  private void logIn() {
    assertThat(authenticate.bySecret(key.secret().reveal())).isEqualTo(iam.holderOf(key));
  }

  private Optional<Instant> stored() {
    return iam.stored(key.details().key().accessKey()).orElseThrow().lastUsedAt();
  }
}
