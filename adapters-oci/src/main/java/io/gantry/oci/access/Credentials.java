package io.gantry.oci.access;

import io.gantry.application.access.Authenticate;
import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.Caller;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryError.Unauthenticated.Cause;
import io.gantry.domain.error.RegistryException;
import io.gantry.oci.access.TokenCodec.Token;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the {@code Authorization} header: a token of ours, or any user name and a secret key. */
@Singleton
public final class Credentials {
  private final Authenticate authenticate;
  private final TokenCodec tokens;

  Credentials(Authenticate authenticate, TokenCodec tokens) {
    this.authenticate = authenticate;
    this.tokens = tokens;
  }

  /** Who sent this header; nobody in particular without one or without a password in it. */
  public Caller caller(@Nullable String authorization) {
    if (authorization == null || authorization.isBlank()) return Caller.ANONYMOUS;
    int space = authorization.indexOf(' ');
    String scheme = space < 0 ? authorization : authorization.substring(0, space);
    String rest = space < 0 ? "" : authorization.substring(space + 1).strip();
    if (scheme.equalsIgnoreCase("Bearer")) return ofToken(rest);
    if (scheme.equalsIgnoreCase("Basic")) return ofBasic(rest);
    throw malformed();
  }

  private Caller ofToken(String text) {
    Token token = tokens.read(text);
    Caller caller =
        token
            .accessKey()
            .map(key -> authenticate.byAccessKey(new AccessKey(key)))
            .orElse(Caller.ANONYMOUS);
    return new Caller(caller.principal(), Optional.of(token.scopes()));
  }

  private Caller ofBasic(String encoded) {
    String pair;
    try {
      pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw malformed();
    }
    int colon = pair.indexOf(':');
    if (colon < 0) throw malformed();
    String secret = pair.substring(colon + 1);
    return secret.isEmpty() ? Caller.ANONYMOUS : authenticate.bySecret(secret);
  }

  private static RegistryException malformed() {
    return new RegistryException(new RegistryError.Unauthenticated(Cause.MALFORMED));
  }
}
