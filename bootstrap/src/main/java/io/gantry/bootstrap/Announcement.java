package io.gantry.bootstrap;

import io.gantry.application.access.Regions;
import io.gantry.bootstrap.access.KeyOrigin;
import io.gantry.bootstrap.configuration.GantryConfig;
import io.gantry.bootstrap.database.EmbeddedDatabaseSource;
import io.gantry.bootstrap.tls.TlsEngine;
import io.gantry.proto.registry.v1.RegistryGrpc;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Tells whoever started the server where it is and how to get in. */
@Singleton
final class Announcement {
  private static final Logger LOG = Logger.getLogger(Announcement.class);

  private final GantryConfig gantry;
  private final Regions regions;
  private final Config config;
  private final TlsEngine tlsEngine;
  private final boolean json;

  Announcement(
      GantryConfig gantry,
      Regions regions,
      Config config,
      TlsEngine tlsEngine,
      @ConfigProperty(name = "quarkus.log.console.json.enabled") boolean json) {
    this.gantry = gantry;
    this.regions = regions;
    this.config = config;
    this.tlsEngine = tlsEngine;
    this.json = json;
  }

  /** Plain text on standard output, or one log event if the log is read by machines. */
  void announce(KeyOrigin origin) {
    if (json) {
      LOG.infof("ready endpoint=%s dataDir=%s database=%s", endpoint(), dataDir(), database());
      if (gantry.tls().isConfigured()) {
        LOG.infof("TLS on port %d by %s", gantry.tls().port(), tlsEngine.name());
      }
      if (origin instanceof KeyOrigin.Generated generated) {
        LOG.infof("made the first API key, kept in %s", generated.file());
      }
      return;
    }
    var lines = new ArrayList<String>();
    lines.add("");
    lines.add("Gantry is ready.");
    lines.add("  registry    docker login " + endpoint() + " -u gantry   (password: a secret key)");
    lines.add(
        "  API         http://" + endpoint() + "/registry/v1/regions/" + regions.defaultRegion());
    lines.add(
        "  gRPC        " + endpoint() + " (HTTP/2 without TLS), " + RegistryGrpc.SERVICE_NAME);
    lines.add("  API docs    http://" + endpoint() + "/q/swagger-ui");
    if (gantry.tls().isConfigured()) {
      lines.add(
          "  TLS         all of these also on port "
              + gantry.tls().port()
              + ", by https, encrypted by "
              + tlsEngine.name());
    }
    lines.add("  management  http://localhost:" + managementPort() + "/q/health and /q/metrics");
    lines.add("  regions     " + regionLine());
    lines.add("  data        " + dataDir());
    lines.add("  database    " + database());
    lines.addAll(keyLines(origin));
    lines.add("");
    System.out.println(String.join(System.lineSeparator(), lines));
  }

  private static List<String> keyLines(KeyOrigin origin) {
    return switch (origin) {
      case KeyOrigin.Generated generated ->
          List.of(
              "",
              "The first API key. It is shown this once and kept in " + generated.file(),
              "  access key  " + generated.accessKey(),
              "  secret key  " + generated.secretKey(),
              "  project     " + generated.projectId());
      case KeyOrigin.Kept kept ->
          List.of("  API key     " + kept.accessKey() + " in " + kept.file());
      case KeyOrigin.Configured configured ->
          List.of("  API keys    " + configured.keys() + " configured");
      case KeyOrigin.Database _ -> List.of("  API keys    those in the database");
    };
  }

  private String endpoint() {
    return regions.endpointOf(regions.defaultRegion());
  }

  private String regionLine() {
    return regions.endpoints().entrySet().stream()
        .map(region -> region.getKey() + " at " + region.getValue())
        .collect(Collectors.joining(", "));
  }

  private String dataDir() {
    return gantry.dataDir().toAbsolutePath().normalize().toString();
  }

  private String managementPort() {
    return config.getValue("quarkus.management.port", String.class);
  }

  private String database() {
    ConfigValue url = config.getConfigValue("quarkus.datasource.jdbc.url");
    return EmbeddedDatabaseSource.NAME.equals(url.getSourceName())
        ? "embedded PostgreSQL in " + dataDir() + "/postgres"
        : withoutParameters(String.valueOf(url.getValue()));
  }

  /** Parameters may hold a password. */
  private static String withoutParameters(String url) {
    int question = url.indexOf('?');
    return question < 0 ? url : url.substring(0, question);
  }
}
