package io.gantry.oci.access;

import io.gantry.application.access.Regions;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Scope;
import io.gantry.domain.error.RegistryError.Unauthenticated;
import io.gantry.domain.namespace.Region;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The {@code WWW-Authenticate} header that sends a client to the token service. */
@Singleton
public final class Challenge {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:\\[\\]-]{1,255}");

  private final Regions regions;

  Challenge(Regions regions) {
    this.regions = regions;
  }

  /** What a client needs a token for. */
  public record Wanted(Scope scope) {
    public Wanted(String repository, Set<Action> actions) {
      this(new Scope(repository, actions));
    }
  }

  /**
   * The header's value.
   *
   * @param wanted absent where any token will do
   */
  public String of(HttpServerRequest request, Optional<Wanted> wanted, Unauthenticated error) {
    String host = host(request);
    Region region = regions.ofHost(host);
    String realm = request.scheme() + "://" + host + TokenResource.path(region);
    StringBuilder value =
        new StringBuilder("Bearer realm=\"" + realm + "\",service=\"" + host + "\"");
    wanted.ifPresent(w -> value.append(",scope=\"").append(ScopeText.write(w.scope())).append('"'));
    switch (error.cause()) {
      case MISSING -> {}
      case INSUFFICIENT_SCOPE -> value.append(",error=\"insufficient_scope\"");
      case MALFORMED, UNKNOWN, EXPIRED -> value.append(",error=\"invalid_token\"");
    }
    return value.toString();
  }

  /** The host the client spoke to, as far as it is one; else the default region's endpoint. */
  private String host(HttpServerRequest request) {
    String host = request.authority() == null ? "" : request.authority().toString();
    return HOST.matcher(host).matches() ? host : regions.endpointOf(regions.defaultRegion());
  }
}
