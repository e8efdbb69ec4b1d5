package io.gantry.application.access;

import static io.gantry.application.ControlPlane.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.InMemoryUnitOfWork;
import io.gantry.domain.MutableClock;
import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.ApiKey;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.InMemoryKeyRepository;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.Principal.KeyHolder;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.access.SecretKey;
import io.gantry.domain.error.RegistryError.Unauthenticated;
import io.gantry.domain.error.RegistryError.Unauthenticated.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuthenticateTest {
  private static final AccessKey ACCESS_KEY = new AccessKey("SCWAAAAAAAAAAAAAAAAA");
  private static final Duration TIME_TO_LIVE = Duration.ofSeconds(2);

  private final SecretKey secret = SecretKey.of(UUID.randomUUID());
  private final InMemoryKeyRepository keys = new InMemoryKeyRepository();
  private final MutableClock clock = new MutableClock();
  private final Authenticate authenticate =
      new Authenticate(keys, new InMemoryUnitOfWork(new InMemoryRegistry()), clock, TIME_TO_LIVE);

  @Test
  void knowsTheHolderOfASecretKey() {
    ApiKey key = configure(Optional.empty());

    assertThat(authenticate.bySecret(secret.reveal())).isEqualTo(holder(key));
    assertThat(authenticate.bySecret(secret.hash())).isEqualTo(holder(key));
    assertThat(authenticate.byAccessKey(ACCESS_KEY)).isEqualTo(holder(key));
  }

  @Test
  void ignoresTheCaseOfASecretKey() {
    ApiKey key = configure(Optional.empty());

    assertThat(authenticate.bySecret(secret.reveal().toUpperCase(Locale.ROOT)))
        .isEqualTo(holder(key));
  }

  @Test
  void asksForASecretKeyIfThereIsNone() {
    assertThat(failureOf(() -> authenticate.bySecret(""))).isEqualTo(refusal(Cause.MISSING));
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "secret", "1-1-1-1-1", "11111111-1111-1111-1111-11111111111\u0000"})
  void refusesWhatCannotBeASecretKey(String text) {
    assertThat(failureOf(() -> authenticate.bySecret(text))).isEqualTo(refusal(Cause.MALFORMED));
  }

  @Test
  void refusesASecretKeyThatNobodyHas() {
    configure(Optional.empty());

    assertThat(failureOf(() -> authenticate.bySecret(UUID.randomUUID().toString())))
        .isEqualTo(refusal(Cause.UNKNOWN));
  }

  @Test
  void refusesAKeyFromTheInstantItExpires() {
    configure(Optional.of(clock.instant().plusMillis(1)));
    assertThat(authenticate.bySecret(secret.reveal())).isNotNull();

    clock.advance(Duration.ofMillis(1));

    assertThat(failureOf(() -> authenticate.bySecret(secret.reveal())))
        .isEqualTo(refusal(Cause.EXPIRED));
  }

  @Test
  void refusesARevokedKeyAfterTheTimeToLive() {
    configure(Optional.empty());
    var _ = authenticate.bySecret(secret.reveal());
    keys.replaceConfigured(List.of(), List.of());
    assertThat(authenticate.bySecret(secret.reveal())).isNotNull();

    clock.advance(TIME_TO_LIVE);

    assertThat(failureOf(() -> authenticate.bySecret(secret.reveal())))
        .isEqualTo(refusal(Cause.UNKNOWN));
  }

  @Test
  void knowsANewKeyAfterTheTimeToLive() {
    assertThat(failureOf(() -> authenticate.bySecret(secret.reveal())))
        .isEqualTo(refusal(Cause.UNKNOWN));
    ApiKey key = configure(Optional.empty());
    assertThat(failureOf(() -> authenticate.bySecret(secret.reveal())))
        .isEqualTo(refusal(Cause.UNKNOWN));

    clock.advance(TIME_TO_LIVE);

    assertThat(authenticate.bySecret(secret.reveal())).isEqualTo(holder(key));
  }

  private ApiKey configure(Optional<Instant> expiresAt) {
    ApiKey key =
        new ApiKey(
            ACCESS_KEY,
            secret.hash(),
            new OrganizationId(UUID.randomUUID()),
            new ProjectId(UUID.randomUUID()),
            Map.of(),
            "",
            expiresAt);
    keys.replaceConfigured(List.of(), List.of(key));
    return key;
  }

  private static Caller holder(ApiKey key) {
    return Caller.of(new KeyHolder(key));
  }

  private static Unauthenticated refusal(Cause cause) {
    return new Unauthenticated(cause);
  }
}
