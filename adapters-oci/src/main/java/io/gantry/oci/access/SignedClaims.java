package io.gantry.oci.access;

import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.SigningKeys;
import io.gantry.domain.access.SigningKeys.SigningKey;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryError.Unauthenticated.Cause;
import io.gantry.domain.error.RegistryException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
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
 * Signs and verifies JWTs with the keys that all replicas share, and has these rotated. One
 * algorithm, keys by id from the registry's own set only; a token that carries a key, points at one
 * or has a critical extension is refused.
 */
public final class SignedClaims {
  private static final Duration KEYS_KNOWN_FOR = Duration.ofSeconds(30);
  private static final Duration UNKNOWN_KEY_ASKED_AFTER = Duration.ofSeconds(1);
  private static final List<String> FOREIGN = List.of("jwk", "jku", "x5u", "x5c", "crit");

  private final SigningKeys signingKeys;
  private final UnitOfWork unitOfWork;
  private final Clock clock;
  private final Rotation rotation;
  private volatile Known known = new Known(List.of(), Instant.EPOCH);

  private record Known(List<SigningKey> keys, Instant at) {}

  /**
   * How signing keys change.
   *
   * @param every how long one signs
   * @param keep how long what it signed is still good afterwards; the longest life of a token
   */
  public record Rotation(Duration every, Duration keep) {}

  public SignedClaims(
      SigningKeys signingKeys, UnitOfWork unitOfWork, Clock clock, Rotation rotation) {
    this.signingKeys = signingKeys;
    this.unitOfWork = unitOfWork;
    this.clock = clock;
    this.rotation = rotation;
  }

  /** Claims of one issuer that are good for {@code life} from {@code now} on. */
  static JwtClaims claims(String issuer, Instant now, Duration life) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(issuer);
    claims.setIssuedAt(NumericDate.fromMilliseconds(now.toEpochMilli()));
    claims.setExpirationTime(NumericDate.fromMilliseconds(now.plus(life).toEpochMilli()));
    return claims;
  }

  String sign(JwtClaims claims) {
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

  /** What one reads from claims that have been verified. */
  interface Reading<T> {
    T of(JwtClaims claims) throws MalformedClaimException;
  }

  /**
   * Reads a token of this issuer; {@code Unauthenticated} if it is not one of ours or no longer
   * good.
   */
  <T> T read(String text, String issuer, Reading<T> reading) {
    try {
      JwtClaims claims = JwtClaims.parse(verified(text));
      if (!issuer.equals(claims.getIssuer())) throw refused(Cause.MALFORMED);
      NumericDate expires = claims.getExpirationTime();
      if (expires == null || clock.instant().toEpochMilli() >= expires.getValueInMillis()) {
        throw refused(Cause.EXPIRED);
      }
      return reading.of(claims);
    } catch (JoseException
        | InvalidJwtException
        | MalformedClaimException
        | ClassCastException e) { // the last is how the library says that a field has another type
      throw new RegistryException(new RegistryError.Unauthenticated(Cause.MALFORMED), e);
    }
  }

  private String verified(String text) throws JoseException {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmConstraints(
        new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256));
    signature.setCompactSerialization(text);
    for (String header : FOREIGN) {
      if (signature.getHeaders().getObjectHeaderValue(header) != null) {
        throw refused(Cause.MALFORMED);
      }
    }
    signature.setKey(secret(key(signature.getKeyIdHeaderValue())));
    if (!signature.verifySignature()) throw refused(Cause.MALFORMED);
    return signature.getPayload();
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

  /** The keys as they were no longer than {@code age} ago; rotates them when they are asked for. */
  private List<SigningKey> keys(Duration age) {
    Known current = known;
    Instant now = clock.instant();
    if (now.isBefore(current.at().plus(age))) return current.keys();
    List<SigningKey> keys = unitOfWork.inTransaction(this::rotated);
    known = new Known(keys, now);
    return keys;
  }

  private List<SigningKey> rotated() {
    signingKeys.rotate(rotation.every(), rotation.keep());
    return signingKeys.all();
  }

  private static SecretKeySpec secret(SigningKey key) {
    return new SecretKeySpec(HexFormat.of().parseHex(key.secret()), "HmacSHA256");
  }

  static RegistryException refused(Cause cause) {
    return new RegistryException(new RegistryError.Unauthenticated(cause));
  }
}
