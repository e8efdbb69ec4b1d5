package io.gantry.bootstrap.tls;

import io.gantry.bootstrap.configuration.GantryConfig;
import io.gantry.bootstrap.configuration.GantryConfig.TlsConfig.Engine;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Tells the framework which certificate to serve HTTPS with, if one is configured. Under a name,
 * because the framework's unnamed certificate would put the management port on TLS too; here and
 * not in a file, because a name without a certificate stops the start. Static, because the
 * framework makes its own instance; ranks below everything that a person can set.
 */
public final class TlsSource implements ConfigSource {
  private static final int BELOW_ALL_FILES = 90;
  private static final String NAME = "gantry";
  private static final String BUCKET = "quarkus.tls." + NAME + ".";

  /**
   * What any client of the last ten years has, and both engines. If TLS 1.2 is allowed, BoringSSL
   * would else offer whatever it knows, RSA key exchange and CBC included.
   */
  private static final List<String> CIPHER_SUITES =
      List.of(
          "TLS_AES_256_GCM_SHA384",
          "TLS_AES_128_GCM_SHA256",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  private static final AtomicReference<Map<String, String>> VALUES =
      new AtomicReference<>(Map.of());

  /** For the service loader. */
  public TlsSource() {}

  /** From now on, configuration that is read names this certificate, if there is one. */
  public static void publish(GantryConfig.TlsConfig tls) {
    VALUES.set(tls.isConfigured() ? valuesOf(tls) : Map.of());
  }

  private static Map<String, String> valuesOf(GantryConfig.TlsConfig tls) {
    var values = new HashMap<String, String>();
    values.put("quarkus.http.tls-configuration-name", NAME);
    values.put("quarkus.http.ssl-port", Integer.toString(tls.port()));
    values.put(BUCKET + "reload-period", tls.reloadPeriod().toString());
    if (tls.engine() == Engine.AUTO) {
      values.put(BUCKET + "cipher-suites", String.join(",", CIPHER_SUITES));
    }
    tls.certificate().ifPresent(file -> put(values, "key-store.pem.0.cert", file));
    tls.key().ifPresent(file -> put(values, "key-store.pem.0.key", file));
    tls.keyStore().ifPresent(file -> put(values, "key-store.p12.path", file));
    tls.keyStorePassword()
        .ifPresent(password -> values.put(BUCKET + "key-store.p12.password", password));
    return Map.copyOf(values);
  }

  private static void put(Map<String, String> values, String key, Path file) {
    values.put(BUCKET + key, file.toAbsolutePath().toString());
  }

  @Override
  public Set<String> getPropertyNames() {
    return VALUES.get().keySet();
  }

  @Override
  public @Nullable String getValue(String name) {
    return VALUES.get().get(name);
  }

  @Override
  public String getName() {
    return "certificate";
  }

  @Override
  public int getOrdinal() {
    return BELOW_ALL_FILES;
  }
}
