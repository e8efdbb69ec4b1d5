package io.gantry.oci.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gantry.application.access.Authenticate;
import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.InMemoryUnitOfWork;
import io.gantry.domain.MutableClock;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.ApiKey;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.InMemoryKeyRepository;
import io.gantry.domain.access.InMemorySigningKeys;
import io.gantry.domain.access.Keys;
import io.gantry.domain.access.PermissionSet;
import io.gantry.domain.access.Principal.KeyHolder;
import io.gantry.domain.access.Project;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.access.Scope;
import io.gantry.domain.access.SecretKey;
import io.gantry.domain.error.RegistryError.Unauthenticated;
import io.gantry.domain.error.RegistryError.Unauthenticated.Cause;
import io.gantry.domain.error.RegistryException;
import io.gantry.oci.access.SignedClaims.Rotation;
import io.gantry.oci.access.TokenCodec.Token;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CredentialsTest {
  private static final String SECRET = "11111111-2222-3333-4444-555555555555";

  private final MutableClock clock = new MutableClock();
  private final InMemoryKeyRepository keys = new InMemoryKeyRepository();
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
          new Authenticate(keys, unitOfWork, clock, Authenticate.DEFAULT_TIME_TO_LIVE), tokens);
  private final ApiKey key = addKey();

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " "})
  void isNobodyWithoutCredentials(@Nullable String header) {
    assertThat(credentials.caller(header)).isEqualTo(Caller.ANONYMOUS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nologin", "", "anybody at all", "ünïcode"})
  void takesAnyUserNameWithASecretKey(String user) {
    assertThat(credentials.caller("Basic " + encode(user + ":" + SECRET)))
        .isEqualTo(Caller.of(new KeyHolder(key)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic", "basic", "BASIC"})
  void readsTheSchemeInAnyCase(String scheme) {
    assertThat(credentials.caller(scheme + "  " + encode("u:" + SECRET)))
        .isEqualTo(Caller.of(new KeyHolder(key)));
  }

  @Test
  void limitsATokensHolderToItsScopes() {
    Set<Scope> scopes = Set.of(new Scope("demo/app", Set.of(Action.PULL)));
    String token = token(Optional.of(key.accessKey().value()), scopes);
    assertThat(credentials.caller("Bearer " + token))
        .isEqualTo(new Caller(new KeyHolder(key), Optional.of(scopes)));
  }

  @Test
  void readsNobodysToken() {
    assertThat(credentials.caller("Bearer " + token(Optional.empty(), Set.of())))
        .isEqualTo(new Caller(Caller.ANONYMOUS.principal(), Optional.of(Set.of())));
  }

  @Test
  void refusesATokenOfAKeyThatIsGone() {
    String token = token(Optional.of("SCWZZZZZZZZZZZZZZZZZ"), Set.of());
    assertThat(refusal("Bearer " + token)).isEqualTo(Cause.UNKNOWN);
  }

  @Test
  void refusesAnUnknownSecret() {
    assertThat(refusal("Basic " + encode("u:" + UUID.randomUUID()))).isEqualTo(Cause.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic",
        "Basic ",
        "Basic %%%",
        "Basic bm9jb2xvbg==",
        "Basic dTpub3Qta2V5",
        "Bearer",
        "Bearer x",
        "Digest username=x",
        "11111111-2222-3333-4444-555555555555",
        "Basic\tdTp4"
      })
  void refusesWhatCannotBeRead(String header) {
    assertThat(refusal(header)).isEqualTo(Cause.MALFORMED);
  }

  @Test
  void saysYesOrNoToAnyText() {
    Random random = new Random(8);
    String alphabet = "Basic Bearer dTp4=/+.\0\tü";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder header =
          new StringBuilder(List.of("", "Basic ", "Bearer ").get(random.nextInt(3)));
      for (int n = random.nextInt(30); n > 0; n--) {
        header.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        assertThat(credentials.caller(header.toString())).isEqualTo(Caller.ANONYMOUS);
      } catch (RegistryException e) {
        assertThat(e.error()).isInstanceOf(Unauthenticated.class);
      }
    }
  }

  private ApiKey addKey() {
    ProjectId project = Keys.aProject();
    ApiKey added =
        new ApiKey(
            Keys.aKey("SCWAAAAAAAAAAAAAAAAA", project).accessKey(),
            SecretKey.parse(SECRET).hash(),
            Keys.anOrganization(),
            project,
            Map.of(project, Set.of(PermissionSet.CONTAINER_REGISTRY_FULL_ACCESS)),
            "",
            Optional.empty());
    keys.replaceConfigured(
        List.of(new Project(project, added.organization(), "default")), List.of(added));
    return added;
  }

  private String token(Optional<String> accessKey, Set<Scope> scopes) {
    return tokens.write(new Token(accessKey, scopes), clock.instant());
  }

  private Cause refusal(String header) {
    RegistryException refusal =
        catchThrowableOfType(RegistryException.class, () -> credentials.caller(header));
    assertThat(refusal).isNotNull();
    return ((Unauthenticated) refusal.error()).cause();
  }

  private static String encode(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
