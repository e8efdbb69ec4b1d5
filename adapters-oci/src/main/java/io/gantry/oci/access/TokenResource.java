package io.gantry.oci.access;

import static io.gantry.domain.error.RegistryException.notAllowed;

import io.gantry.application.access.Authenticate;
import io.gantry.application.access.Regions;
import io.gantry.application.repository.GrantScopes;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.Principal.Anonymous;
import io.gantry.domain.access.Principal.KeyHolder;
import io.gantry.domain.access.Scope;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.namespace.Region;
import io.gantry.oci.OciRequest;
import io.gantry.oci.OciResponses;
import io.gantry.oci.access.TokenCodec.Token;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The token service: any user name with a secret key as password, or nobody, gets a short-lived
 * token for what is both asked for and allowed. Asking for more than is allowed is no error. Who
 * asks for it also gets a refresh token, to be kept in place of the secret key.
 */
@Path("/registry-internal/v1/regions/{region}/tokens")
@RunOnVirtualThread
public final class TokenResource {
  static final String GRANT_TYPE = "grant_type";
  private static final String REFRESH_TOKEN = "refresh_token";

  private final Credentials credentials;
  private final Authenticate authenticate;
  private final TokenCodec tokens;
  private final RefreshTokens refreshTokens;
  private final GrantScopes grantScopes;
  private final Regions regions;
  private final OciResponses responses;
  private final Clock clock;

  TokenResource(
      Credentials credentials,
      Authenticate authenticate,
      TokenCodec tokens,
      RefreshTokens refreshTokens,
      GrantScopes grantScopes,
      Regions regions,
      OciResponses responses,
      Clock clock) {
    this.credentials = credentials;
    this.authenticate = authenticate;
    this.tokens = tokens;
    this.refreshTokens = refreshTokens;
    this.grantScopes = grantScopes;
    this.regions = regions;
    this.responses = responses;
    this.clock = clock;
  }

  static String path(Region region) {
    return "/registry-internal/v1/regions/" + region + "/tokens";
  }

  /** For whoever the {@code Authorization} header says; {@code offline_token=true} for more. */
  @GET
  public Response get(
      @Context HttpServerRequest request,
      @PathParam("region") String region,
      @HeaderParam("Authorization") @Nullable String authorization) {
    return serve(
        request,
        region,
        () -> {
          Instant now = now();
          Caller caller = credentials.caller(authorization);
          boolean offline = OciRequest.queries(request, "offline_token").contains("true");
          return new Grant(
              caller,
              OciRequest.queries(request, "scope"),
              offline ? refreshToken(caller, now) : Optional.empty(),
              now);
        });
  }

  /** The same as an OAuth 2 request, RFC 6749: by secret key or by refresh token. */
  @POST
  @Consumes(MediaType.WILDCARD)
  public Response post(
      @Context HttpServerRequest request, @PathParam("region") String region, InputStream body) {
    return serve(request, region, () -> granted(TokenForm.read(body)));
  }

  private Grant granted(TokenForm form) {
    Instant now = now();
    String type = form.require(GRANT_TYPE);
    return switch (type) {
      case "password" -> {
        Caller caller = authenticate.bySecret(form.require("password"));
        boolean offline = form.find("access_type").filter("offline"::equals).isPresent();
        yield new Grant(
            caller, form.all("scope"), offline ? refreshToken(caller, now) : Optional.empty(), now);
      }
      case REFRESH_TOKEN -> {
        String presented = form.require(REFRESH_TOKEN);
        Caller caller = refreshTokens.caller(presented);
        yield new Grant(caller, form.all("scope"), Optional.of(presented), now);
      }
      default -> throw notAllowed(GRANT_TYPE, "must be password or refresh_token");
    };
  }

  /**
   * What to answer with.
   *
   * @param scopes asked for
   */
  private record Grant(
      Caller caller, List<String> scopes, Optional<String> refreshToken, Instant now) {}

  private Response serve(HttpServerRequest request, String region, Supplier<Grant> grant) {
    try {
      Region served = regions.parse(region);
      return answer(grant.get(), served);
    } catch (RegistryException e) {
      return responses.failure(request, Optional.empty(), e, TokenErrorBody::of);
    } catch (RuntimeException e) {
      return responses.bug(request, e);
    }
  }

  private Response answer(Grant grant, Region region) {
    Set<Scope> granted =
        grantScopes.handle(grant.caller(), region, ScopeText.parse(grant.scopes()));
    Optional<String> accessKey =
        switch (grant.caller().principal()) {
          case KeyHolder holder -> Optional.of(holder.key().accessKey().value());
          case Anonymous _ -> Optional.empty();
        };
    String token = tokens.write(new Token(accessKey, granted), grant.now());
    TokenBody body =
        new TokenBody(
            token,
            token,
            grant.refreshToken().orElse(null),
            granted.stream().map(ScopeText::write).sorted().collect(Collectors.joining(" ")),
            tokens.timeToLive().toSeconds(),
            grant.now().toString());
    return responses
        .withJson(OciResponses.status(200), body)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  /** Nobody in particular gets none. */
  private Optional<String> refreshToken(Caller caller, Instant now) {
    return switch (caller.principal()) {
      case KeyHolder holder -> Optional.of(refreshTokens.issue(holder, now));
      case Anonymous _ -> Optional.empty();
    };
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
