package io.gantry.oci.access;

import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Scope;
import io.gantry.domain.access.SigningKeys;
import io.gantry.domain.access.SigningKeys.SigningKey;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryError.Unauthenticated.Cause;
import io.gantry.domain.error.RegistryException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the data plane's tokens: JWTs with a shared symmetric key. One algorithm, keys
 * by id from the registry's own set only; a key that a token carries or points at is never looked
 * at.
 */
public final class TokenCodec {
  private static final String ISSUER = "gantry";
  private static final Duration KEYS_KNOWN_FOR = Duration.ofSeconds(30);
  private static final Duration UNKNOWN_KEY_ASKED_AFTER = Duration.ofSeconds(1);

  private final SigningKeys signingKeys;
  private final UnitOfWork unitOfWork;
  private final Clock clock;
  private final Duration timeToLive;
  private volatile Known known = new Known(List.of(), Instant.EPOCH);

  private record Known(List<SigningKey> keys, Instant at) {}

  /**
   * What a token says.
   *
   * @param accessKey whose it is; empty for nobody's
   * @param scopes what it was issued for
   */
  public record Token(Optional<String> accessKey, Set<Scope> scopes) {
    public Token {
      scopes = Set.copyOf(scopes);
    }
  }

  public TokenCodec(
      SigningKeys signingKeys, UnitOfWork unitOfWork, Clock clock, Duration timeToLive) {
    this.signingKeys = signingKeys;
    this.unitOfWork = unitOfWork;
    this.clock = clock;
    this.timeToLive = timeToLive;
  }

  /** How long a token is good. */
  public Duration timeToLive() {
    return timeToLive;
  }

  /** A signed token that is good from {@code now} on. */
  public String write(Token token, Instant now) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(ISSUER);
    token.accessKey().ifPresent(claims::setSubject);
    claims.setIssuedAt(NumericDate.fromMilliseconds(now.toEpochMilli()));
    claims.setExpirationTime(NumericDate.fromMilliseconds(now.plus(timeToLive).toEpochMilli()));
    claims.setClaim("access", token.scopes().stream().map(TokenCodec::toClaim).toList());
    SigningKey key = keys(KEYS_KNOWN_FOR).getFirst();
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    signature.setKeyIdHeaderValue(key.id());
    signature.setKey(secret(key));
    signature.setPayload(claims.toJson());
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("a token of our own can be signed", e);
    }
  }

  /** Reads a token; {@code Unauthenticated} if it is not one of ours or no longer good. */
  public Token read(String text) {
    try {
      JsonWebSignature signature = new JsonWebSignature();
      signature.setAlgorithmConstraints(
          new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256));
      signature.setCompactSerialization(text);
      SigningKey key = key(signature.getKeyIdHeaderValue());
      signature.setKey(secret(key));
      if (!signature.verifySignature()) throw refused(Cause.MALFORMED);
      JwtClaims claims = JwtClaims.parse(signature.getPayload());
      if (!ISSUER.equals(claims.getIssuer())) throw refused(Cause.MALFORMED);
      NumericDate expires = claims.getExpirationTime();
      if (expires == null || clock.instant().toEpochMilli() >= expires.getValueInMillis()) {
        throw refused(Cause.EXPIRED);
      }
      return new Token(Optional.ofNullable(claims.getSubject()), scopes(claims));
    } catch (JoseException
        | InvalidJwtException
        | MalformedClaimException
        | ClassCastException e) { // the last is how the library says that a field has another type
      throw new RegistryException(new RegistryError.Unauthenticated(Cause.MALFORMED), e);
    }
  }

  private static Map<String, Object> toClaim(Scope scope) {
    return Map.of(
        "type",
        "repository",
        "name",
        scope.repository(),
        "actions",
        scope.actions().stream().map(TokenCodec::claimName).toList());
  }

  private static String claimName(Action action) {
    return action.name().toLowerCase(Locale.ROOT);
  }

  private static Set<Scope> scopes(JwtClaims claims) throws MalformedClaimException {
    Set<Scope> scopes = new HashSet<>();
    if (!(claims.getClaimValue("access") instanceof List<?> entries)) return scopes;
    for (Object entry : entries) {
      if (entry instanceof Map<?, ?> map
          && map.get("name") instanceof String name
          && map.get("actions") instanceof List<?> names) {
        Set<Action> actions = EnumSet.noneOf(Action.class);
        for (Action action : Action.values()) {
          if (names.contains(claimName(action))) actions.add(action);
        }
        scopes.add(new Scope(name, actions));
      }
    }
    return scopes;
  }

  /** A key that is not known may be one that another replica has just made. */
  private SigningKey key(@Nullable String id) {
    return find(keys(KEYS_KNOWN_FOR), id)
        .or(() -> find(keys(UNKNOWN_KEY_ASKED_AFTER), id))
        .orElseThrow(() -> refused(Cause.MALFORMED));
  }

  private static Optional<SigningKey> find(List<SigningKey> keys, @Nullable String id) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst();
  }

  /** The keys as they were no longer than {@code age} ago. */
  private List<SigningKey> keys(Duration age) {
    Known current = known;
    Instant now = clock.instant();
    if (now.isBefore(current.at().plus(age))) return current.keys();
    List<SigningKey> keys = unitOfWork.inTransaction(signingKeys::all);
    known = new Known(keys, now);
    return keys;
  }

  private static SecretKeySpec secret(SigningKey key) {
    return new SecretKeySpec(HexFormat.of().parseHex(key.secret()), "HmacSHA256");
  }

  private static RegistryException refused(Cause cause) {
    return new RegistryException(new RegistryError.Unauthenticated(cause));
  }
}
