package io.gantry.oci.access;

import io.gantry.application.access.Authenticate;
import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.ApiKey;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.Principal.KeyHolder;
import io.gantry.domain.access.SecretHash;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.DigestAlgorithm;
import io.gantry.domain.error.RegistryError.Unauthenticated.Cause;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jose4j.jwt.JwtClaims;

/**
 * Refresh tokens ("offline tokens" in the token protocol): a client keeps one in place of the
 * secret key and exchanges it for tokens. Nothing is stored: one is good as long as the API key
 * that it was issued to is, with the same secret, and not beyond its own life.
 */
public final class RefreshTokens {
  private static final String ISSUER = "gantry/refresh";
  private static final String SECRET_CLAIM = "key";

  private final SignedClaims signed;
  private final Authenticate authenticate;
  private final Duration timeToLive;

  public RefreshTokens(SignedClaims signed, Authenticate authenticate, Duration timeToLive) {
    this.signed = signed;
    this.authenticate = authenticate;
    this.timeToLive = timeToLive;
  }

  /** A token for the holder of a key, good from {@code now} on. */
  String issue(KeyHolder holder, Instant now) {
    JwtClaims claims = SignedClaims.claims(ISSUER, now, timeToLive);
    claims.setSubject(holder.key().accessKey().value());
    claims.setStringClaim(SECRET_CLAIM, fingerprint(holder.key()));
    return signed.sign(claims);
  }

  private record Claimed(String accessKey, String fingerprint) {}

  /** Whose it is; {@code Unauthenticated} if it, its key or the key's secret is no longer good. */
  Caller caller(String text) {
    Claimed claimed =
        signed.read(
            text,
            ISSUER,
            claims ->
                new Claimed(
                    Objects.requireNonNullElse(claims.getSubject(), ""),
                    Objects.requireNonNullElse(claims.getStringClaimValue(SECRET_CLAIM), "")));
    Caller caller = authenticate.byAccessKey(new AccessKey(claimed.accessKey()));
    boolean sameSecret =
        caller.principal() instanceof KeyHolder holder
            && new SecretHash(claimed.fingerprint())
                .matches(new SecretHash(fingerprint(holder.key())));
    if (!sameSecret) throw SignedClaims.refused(Cause.UNKNOWN);
    return caller;
  }

  /** Tells one secret of a key from another without telling anything about either. */
  private static String fingerprint(ApiKey key) {
    String text = ISSUER + ":" + key.secretHash().hex();
    return Digest.of(DigestAlgorithm.SHA256, text.getBytes(StandardCharsets.US_ASCII)).hex();
  }
}
