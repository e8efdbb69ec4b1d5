package io.gantry.bootstrap.tls;

import io.gantry.bootstrap.configuration.GantryConfig;
import io.gantry.bootstrap.configuration.GantryConfig.TlsConfig;
import io.gantry.bootstrap.configuration.GantryConfig.TlsConfig.Engine;
import io.netty.handler.ssl.OpenSsl;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;
import org.jboss.logging.Logger;

/**
 * Chooses who encrypts what goes over HTTPS: BoringSSL, a native library that netty has for some
 * platforms, or the JDK, which does the same with more copies in between. The choice is for as long
 * as the process runs; new certificates do not change it.
 */
@Singleton
public final class TlsEngine implements HttpServerOptionsCustomizer {
  private static final Logger LOG = Logger.getLogger(TlsEngine.class);

  /** The kinds of keys that netty looks for on behalf of BoringSSL. */
  private static final List<String> KEY_TYPES = List.of("EC", "RSA");

  private final TlsConfig config;
  private final Vertx vertx;
  private volatile String name = "none";

  TlsEngine(GantryConfig config, Vertx vertx) {
    this.config = config.tls();
    this.vertx = vertx;
  }

  /** Which one it is, for people; known once the port is open. */
  public String name() {
    return name;
  }

  /** Left as they are, the options are for the JDK. */
  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    if (!config.isConfigured()) return;
    Optional<String> obstacle = obstacle(options.getKeyCertOptions());
    if (obstacle.isPresent()) {
      name = "the JDK";
      LOG.infof("TLS by the JDK: %s", obstacle.get());
      return;
    }
    name = "BoringSSL";
    LOG.info("TLS by BoringSSL");
    options.setSslEngineOptions(new OpenSSLEngineOptions());
  }

  private Optional<String> obstacle(KeyCertOptions certificate) {
    if (config.engine() == Engine.JDK) return Optional.of("gantry.tls.engine says so");
    if (!OpenSsl.isAvailable()) {
      LOG.debug("BoringSSL cannot be used", OpenSsl.unavailabilityCause());
      return Optional.of("BoringSSL cannot be used: " + OpenSsl.unavailabilityCause());
    }
    return hasKeyFor(certificate)
        ? Optional.empty()
        : Optional.of("of the keys in certificates, BoringSSL takes only " + KEY_TYPES);
  }

  private boolean hasKeyFor(KeyCertOptions certificate) {
    try {
      return Arrays.stream(certificate.getKeyManagerFactory(vertx).getKeyManagers())
          .anyMatch(TlsEngine::hasKey);
    } catch (Exception e) {
      LOG.debug("the server itself says better what is wrong with its certificate", e);
      return true;
    }
  }

  private static boolean hasKey(KeyManager manager) {
    return manager instanceof X509KeyManager keys
        && KEY_TYPES.stream().anyMatch(type -> keys.getServerAliases(type, null) != null);
  }
}
