package io.gantry.oci.access;

import io.gantry.domain.access.Action;
import io.gantry.domain.access.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;

/** Writes and reads the data plane's tokens: who it is, and what for. */
public final class TokenCodec {
  private static final String ISSUER = "gantry";

  private final SignedClaims signed;
  private final Duration timeToLive;

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

  public TokenCodec(SignedClaims signed, Duration timeToLive) {
    this.signed = signed;
    this.timeToLive = timeToLive;
  }

  /** How long a token is good. */
  public Duration timeToLive() {
    return timeToLive;
  }

  /** A signed token that is good from {@code now} on. */
  public String write(Token token, Instant now) {
    JwtClaims claims = SignedClaims.claims(ISSUER, now, timeToLive);
    token.accessKey().ifPresent(claims::setSubject);
    claims.setClaim("access", token.scopes().stream().map(TokenCodec::toClaim).toList());
    return signed.sign(claims);
  }

  /** Reads a token; {@code Unauthenticated} if it is not one of ours or no longer good. */
  public Token read(String text) {
    return signed.read(
        text,
        ISSUER,
        claims -> new Token(Optional.ofNullable(claims.getSubject()), scopes(claims)));
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

  private static Set<Scope> scopes(JwtClaims claims) {
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
}
