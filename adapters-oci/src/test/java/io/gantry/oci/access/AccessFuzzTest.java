package io.gantry.oci.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.application.access.Authenticate;
import io.gantry.domain.Fuzz;
import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.InMemoryUnitOfWork;
import io.gantry.domain.MutableClock;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.InMemoryKeyRepository;
import io.gantry.domain.access.InMemorySigningKeys;
import io.gantry.domain.access.Scope;
import io.gantry.oci.access.SignedClaims.Rotation;
import io.gantry.oci.access.TokenCodec.Token;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever is sent to be let in, it lets nobody in who was not, and breaks nothing. */
final class AccessFuzzTest {
  private final MutableClock clock = new MutableClock();
  private final UnitOfWork unitOfWork = new InMemoryUnitOfWork(new InMemoryRegistry());
  private final TokenCodec tokens =
      new TokenCodec(
          new SignedClaims(
              new InMemorySigningKeys(clock),
              unitOfWork,
              clock,
              new Rotation(Duration.ofDays(30), Duration.ofDays(7))),
          Duration.ofMinutes(5));
  private final Credentials credentials =
      new Credentials(
          new Authenticate(
              new InMemoryKeyRepository(), unitOfWork, clock, Authenticate.DEFAULT_TIME_TO_LIVE),
          tokens);
  private final Token token =
      new Token(Optional.empty(), Set.of(new Scope("demo/app", Set.of(Action.PULL))));

  /** No key is known here, so whoever is let in is nobody. */
  @Test
  void authorizationHeaders() {
    Fuzz.texts(
        5_000,
        List.of(
            "Basic Z2FudHJ5OjExMTExMTExLTIyMjItMzMzMy00NDQ0LTU1NTU1NTU1NTU1NQ==",
            "Basic Z2FudHJ5Og==",
            "Bearer " + tokens.write(token, clock.instant())),
        text ->
            Fuzz.accepted(credentials::caller, text)
                .ifPresent(
                    caller ->
                        assertThat(caller.principal()).isEqualTo(Caller.ANONYMOUS.principal())));
  }

  /** A token that is read at all says what was signed. */
  @Test
  void tokens() {
    Fuzz.texts(
        5_000,
        List.of(tokens.write(token, clock.instant())),
        text ->
            Fuzz.accepted(tokens::read, text).ifPresent(read -> assertThat(read).isEqualTo(token)));
  }

  @Test
  void scopes() {
    Fuzz.texts(
        20_000,
        List.of(
            "repository:demo/app:pull,push",
            "repository:localhost:5000/demo/app:*",
            "repository(plugin):demo/app:delete registry:catalog:*"),
        text ->
            assertThat(ScopeText.parse(List.of(text)))
                .allSatisfy(scope -> assertThat(text).contains(scope.repository())));
  }
}
