package io.gantry.oci.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.InMemoryUnitOfWork;
import io.gantry.domain.MutableClock;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Scope;
import io.gantry.domain.access.SigningKeys;
import io.gantry.domain.access.SigningKeys.SigningKey;
import io.gantry.domain.error.RegistryError.Unauthenticated;
import io.gantry.domain.error.RegistryError.Unauthenticated.Cause;
import io.gantry.domain.error.RegistryException;
import io.gantry.oci.access.SignedClaims.Rotation;
import io.gantry.oci.access.TokenCodec.Token;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenCodecTest {
  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final SigningKey OLD = new SigningKey("old", "ab".repeat(32));
  private static final SigningKey NEW = new SigningKey("new", "cd".repeat(32));
  private static final Token TOKEN =
      new Token(
          Optional.of("SCWAAAAAAAAAAAAAAAAA"),
          Set.of(
              new Scope("demo/app", Set.of(Action.PULL, Action.PUSH)),
              new Scope("demo/other", Set.of(Action.DELETE))));

  private final MutableClock clock = new MutableClock();
  private final List<SigningKey> keys = new ArrayList<>(List.of(OLD));
  private final TokenCodec codec = replica();

  @Test
  void readsWhatItWrote() {
    assertThat(codec.read(codec.write(TOKEN, clock.instant()))).isEqualTo(TOKEN);
  }

  @Test
  void readsNobodysToken() {
    Token nobodys = new Token(Optional.empty(), Set.of());
    assertThat(codec.read(codec.write(nobodys, clock.instant()))).isEqualTo(nobodys);
  }

  @Test
  void readsWhatAnotherReplicaWrote() {
    assertThat(replica().read(codec.write(TOKEN, clock.instant()))).isEqualTo(TOKEN);
  }

  @Test
  void refusesATokenFromTheMomentItExpires() {
    String token = codec.write(TOKEN, clock.instant());
    clock.advance(LIFE.minusMillis(1));
    assertThat(codec.read(token)).isEqualTo(TOKEN);
    clock.advance(Duration.ofMillis(1));
    assertThat(refusal(token)).isEqualTo(Cause.EXPIRED);
  }

  @Test
  void refusesATokenWithAnyOneCharacterChanged() {
    String token = codec.write(TOKEN, clock.instant());
    Random random = new Random(6);
    for (int i = 0; i < token.length(); i++) {
      char other = "ABCxyz019-_".charAt(random.nextInt(11));
      boolean last = i == token.length() - 1; // carries unused bits
      if (token.charAt(i) == other || last) continue;
      String tampered = token.substring(0, i) + other + token.substring(i + 1);
      assertThat(refusal(tampered)).isEqualTo(Cause.MALFORMED);
    }
  }

  @Test
  void refusesATokenWithoutSignature() {
    String none = encode("{\"alg\":\"none\",\"kid\":\"old\"}") + "." + claims() + ".";
    assertThat(refusal(none)).isEqualTo(Cause.MALFORMED);
    String stripped = codec.write(TOKEN, clock.instant()).replaceAll("[^.]*$", "");
    assertThat(refusal(stripped)).isEqualTo(Cause.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"HS512\",\"kid\":\"old\"}",
        "{\"alg\":\"RS256\",\"kid\":\"old\"}",
        "{\"alg\":\"hs256\",\"kid\":\"old\"}",
        "{\"kid\":\"old\"}",
        "{\"alg\":\"HS256\"}",
        "{\"alg\":\"HS256\",\"kid\":\"\"}",
        "{\"alg\":\"HS256\",\"kid\":7}",
        "{\"alg\":7,\"kid\":\"old\"}",
        "{\"alg\":\"HS256\",\"kid\":\"old\",\"crit\":7}",
        "{\"alg\":\"HS256\",\"kid\":\"../../dev/null\"}",
        "{\"alg\":\"HS256\",\"kid\":\"unknown\"}",
        "{\"alg\":\"HS256\",\"kid\":\"old\",\"crit\":[\"exp\"]}"
      })
  void refusesAnotherAlgorithmOrKeyWhateverTheSignature(String header) throws Exception {
    String algorithm = header.contains("HS512") ? "HmacSHA512" : "HmacSHA256";
    assertThat(refusal(sign(header, claims(), OLD.secret(), algorithm))).isEqualTo(Cause.MALFORMED);
  }

  @Test
  void takesNoKeyFromTheToken() throws Exception {
    String secret = "ef".repeat(32);
    String jwk =
        "{\"kty\":\"oct\",\"k\":\"%s\"}"
            .formatted(
                Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(HexFormat.of().parseHex(secret)));
    for (String kid : List.of("old", "mine")) {
      String header = "{\"alg\":\"HS256\",\"kid\":\"%s\",\"jwk\":%s}".formatted(kid, jwk);
      assertThat(refusal(sign(header, claims(), secret, "HmacSHA256"))).isEqualTo(Cause.MALFORMED);
    }
  }

  @Test
  void refusesATokenOfAnotherIssuerOrWithoutAnEnd() throws Exception {
    String header = "{\"alg\":\"HS256\",\"kid\":\"old\"}";
    for (String claims : List.of("{}", "{\"iss\":\"other\",\"exp\":9999999999}", "[]", "x")) {
      assertThat(refusal(sign(header, encode(claims), OLD.secret(), "HmacSHA256")))
          .isEqualTo(Cause.MALFORMED);
    }
    String endless = sign(header, encode("{\"iss\":\"gantry\"}"), OLD.secret(), "HmacSHA256");
    assertThat(refusal(endless)).isEqualTo(Cause.EXPIRED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jwk", "jku", "x5u", "x5c", "crit"})
  void refusesATokenThatBringsOrNamesAKeyThoughOursSignedIt(String field) throws Exception {
    String header = "{\"alg\":\"HS256\",\"kid\":\"old\",\"%s\":{\"kty\":\"oct\"}}".formatted(field);
    assertThat(refusal(sign(header, claims(), OLD.secret(), "HmacSHA256")))
        .isEqualTo(Cause.MALFORMED);
  }

  @Test
  void passesOverScopesItDoesNotKnow() throws Exception {
    String claims =
        """
        {"iss":"gantry","exp":9999999999,"access":["x",{"name":"demo/a","actions":["fly","pull"]},
         {"name":7,"actions":[]},{"name":"demo/b"}]}
        """;
    String token =
        sign("{\"alg\":\"HS256\",\"kid\":\"old\"}", encode(claims), OLD.secret(), "HmacSHA256");
    assertThat(codec.read(token).scopes())
        .containsExactly(new Scope("demo/a", Set.of(Action.PULL)));
  }

  @Test
  void signsWithTheNewKeyAndStillReadsTheOldOnes() {
    String old = codec.write(TOKEN, clock.instant());
    keys.addFirst(NEW);
    clock.advance(Duration.ofMinutes(1));
    String fresh = codec.write(TOKEN, clock.instant());
    assertThat(header(fresh)).contains("\"new\"");
    assertThat(codec.read(old)).isEqualTo(TOKEN);
    assertThat(codec.read(fresh)).isEqualTo(TOKEN);
  }

  @Test
  void readsATokenThatAnotherReplicaSignedWithAKeyItJustMade() {
    var _ = codec.read(codec.write(TOKEN, clock.instant()));
    keys.addFirst(NEW);
    clock.advance(Duration.ofSeconds(2));
    assertThat(codec.read(replica().write(TOKEN, clock.instant()))).isEqualTo(TOKEN);
  }

  @Test
  void refusesTokensOfAKeyThatWasRemoved() {
    String token = codec.write(TOKEN, clock.instant());
    keys.set(0, NEW);
    clock.advance(Duration.ofMinutes(1));
    assertThat(refusal(token)).isEqualTo(Cause.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", ".", "..", "...", "a.b.c", "a.b.c.d.e", "\0", "é.é.é", "e30.e30.e30"})
  void refusesOtherText(String text) {
    assertThat(refusal(text)).isEqualTo(Cause.MALFORMED);
  }

  @Test
  void refusesAHeaderOfDeepNesting() {
    String hostile = encode("[".repeat(20_000)) + "." + claims() + ".AAAA";
    assertThat(refusal(hostile)).isEqualTo(Cause.MALFORMED);
  }

  @Test
  void refusesRandomText() {
    Random random = new Random(7);
    String alphabet = "eyJhbGciOiJIUzI1NiJ9.{}\":,_-=+/ \0";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "eyJhbGciOiJIUzI1NiJ9." : "");
      for (int n = random.nextInt(60); n > 0; n--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(refusal(text.toString())).isEqualTo(Cause.MALFORMED);
    }
  }

  private TokenCodec replica() {
    return new TokenCodec(signed(), LIFE);
  }

  private SignedClaims signed() {
    return new SignedClaims(
        new Listed(),
        new InMemoryUnitOfWork(new InMemoryRegistry()),
        clock,
        new Rotation(Duration.ofDays(30), LIFE));
  }

  /** The keys of the test, which it changes itself. */
  private final class Listed implements SigningKeys {
    @Override
    public List<SigningKey> all() {
      return List.copyOf(keys);
    }

    @Override
    public void rotate(Duration every, Duration keep) {}
  }

  private Cause refusal(String token) {
    RegistryException refusal =
        catchThrowableOfType(RegistryException.class, () -> codec.read(token));
    assertThat(refusal).isNotNull();
    assertThat(refusal.error()).isInstanceOf(Unauthenticated.class);
    return ((Unauthenticated) refusal.error()).cause();
  }

  private static String claims() {
    return encode("{\"iss\":\"gantry\",\"sub\":\"SCWAAAAAAAAAAAAAAAAA\",\"exp\":9999999999}");
  }

  private static String sign(String header, String claims, String secret, String algorithm)
      throws GeneralSecurityException {
    String content = encode(header) + "." + claims;
    Mac mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(HexFormat.of().parseHex(secret), algorithm));
    byte[] signature = mac.doFinal(content.getBytes(StandardCharsets.US_ASCII));
    return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String header(String token) {
    return new String(
        Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))),
        StandardCharsets.UTF_8);
  }
}
