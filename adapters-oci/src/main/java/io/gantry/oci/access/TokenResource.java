package io.gantry.oci.access;

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
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The token service: any user name with a secret key as password, or nobody, gets a short-lived
 * token for what is both asked for and allowed. Asking for more than is allowed is no error.
 */
@Path("/registry-internal/v1/regions/{region}/tokens")
@RunOnVirtualThread
public final class TokenResource {
  private final Credentials credentials;
  private final TokenCodec tokens;
  private final GrantScopes grantScopes;
  private final Regions regions;
  private final OciResponses responses;
  private final Clock clock;

  TokenResource(
      Credentials credentials,
      TokenCodec tokens,
      GrantScopes grantScopes,
      Regions regions,
      OciResponses responses,
      Clock clock) {
    this.credentials = credentials;
    this.tokens = tokens;
    this.grantScopes = grantScopes;
    this.regions = regions;
    this.responses = responses;
    this.clock = clock;
  }

  static String path(Region region) {
    return "/registry-internal/v1/regions/" + region + "/tokens";
  }

  @GET
  public Response get(
      @Context HttpServerRequest request,
      @PathParam("region") String region,
      @HeaderParam("Authorization") @Nullable String authorization) {
    try {
      Region served = regions.parse(region);
      Caller caller = credentials.caller(authorization);
      Set<Scope> granted =
          grantScopes.handle(caller, served, ScopeText.parse(OciRequest.queries(request, "scope")));
      return answer(caller, granted);
    } catch (RegistryException e) {
      return responses.failure(request, Optional.empty(), e);
    } catch (RuntimeException e) {
      return responses.bug(request, e);
    }
  }

  private Response answer(Caller caller, Set<Scope> granted) {
    Optional<String> accessKey =
        switch (caller.principal()) {
          case KeyHolder holder -> Optional.of(holder.key().accessKey().value());
          case Anonymous _ -> Optional.empty();
        };
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    String token = tokens.write(new Token(accessKey, granted), now);
    return responses.json(
        200, new TokenBody(token, token, tokens.timeToLive().toSeconds(), now.toString()));
  }
}
