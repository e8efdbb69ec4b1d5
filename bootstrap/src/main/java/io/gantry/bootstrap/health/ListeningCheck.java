package io.gantry.bootstrap.health;

import io.gantry.bootstrap.configuration.GantryConfig;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.quarkus.vertx.http.runtime.VertxHttpConfig.InsecureRequests;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready only once all ports take connections; the one that tells so is open before the others. */
@Readiness
@Singleton
final class ListeningCheck implements HealthCheck {
  /** Whether nobody need wait for the port without TLS any more; the other likewise. */
  private volatile boolean plain;

  private volatile boolean tls;

  @Inject
  ListeningCheck(VertxHttpConfig http, GantryConfig gantry) {
    this(
        http.insecureRequests().orElse(InsecureRequests.ENABLED) != InsecureRequests.DISABLED,
        gantry.tls().isConfigured());
  }

  ListeningCheck(boolean hasPlainPort, boolean hasTlsPort) {
    plain = !hasPlainPort;
    tls = !hasTlsPort;
  }

  void opened(@ObservesAsync HttpServerStart started) {
    plain = true;
  }

  void opened(@ObservesAsync HttpsServerStart started) {
    tls = true;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("ports").status(plain && tls).build();
  }
}
