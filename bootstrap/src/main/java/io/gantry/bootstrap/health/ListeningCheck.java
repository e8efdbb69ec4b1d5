package io.gantry.bootstrap.health;

import io.gantry.bootstrap.configuration.GantryConfig;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
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
  private volatile boolean withoutTls;
  private volatile boolean withTls;

  @Inject
  ListeningCheck(GantryConfig gantry) {
    this(gantry.tls().isConfigured());
  }

  ListeningCheck(boolean hasTlsPort) {
    withTls = !hasTlsPort;
  }

  void opened(@ObservesAsync HttpServerStart started) {
    withoutTls = true;
  }

  void opened(@ObservesAsync HttpsServerStart started) {
    withTls = true;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("ports").status(withoutTls && withTls).build();
  }
}
