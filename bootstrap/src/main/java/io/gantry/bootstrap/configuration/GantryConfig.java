package io.gantry.bootstrap.configuration;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Everything under {@code gantry.}; docs/configuration.md is written from this. */
@ConfigMapping(prefix = "gantry")
public interface GantryConfig {

  /** Holds blobs, the embedded database and the first key. */
  @WithDefault("./data")
  Path dataDir();

  /** The regions served, by name. Those served without configuration are in the defaults file. */
  Map<String, RegionConfig> regions();

  /** The region of requests that name none, and of hosts that are no region's. */
  @WithDefault("fr-par")
  String defaultRegion();

  BootstrapConfig bootstrap();

  /** A file of organizations, projects and keys; see {@code KeysFile}. */
  Optional<Path> keysFile();

  AuthConfig auth();

  UploadConfig upload();

  /** How long a blob that was promised to a client stays without a manifest that lists it. */
  @WithDefault("24h")
  Duration lease();

  CollectConfig collect();

  DatabaseConfig database();

  ManifestsConfig manifests();

  LimitsConfig limits();

  TlsConfig tls();

  interface RegionConfig {
    /**
     * Host and port that clients reach the region by, as in {@code docker push <endpoint>/…}. An
     * empty one takes the region out of service.
     */
    Optional<String> endpoint();
  }

  /** The first key. What is absent is generated on the first start. */
  interface BootstrapConfig {
    Optional<String> accessKey();

    Optional<String> secretKey();

    Optional<String> organizationId();

    Optional<String> projectId();
  }

  interface AuthConfig {
    /** How long a revoked key may still be let in. */
    @WithDefault("2s")
    Duration cacheTtl();

    /** How often replicas store when keys were last used. */
    @WithDefault("1m")
    Duration lastUseInterval();

    /** How long a token of the data plane is good. */
    @WithDefault("10m")
    Duration tokenTtl();

    /** How long a refresh token is good, unless its key goes before. */
    @WithDefault("90d")
    Duration refreshTokenTtl();

    /** How long a key signs tokens before a new one takes over. */
    @WithDefault("30d")
    Duration signingKeyRotation();
  }

  interface UploadConfig {
    /** How long an upload that gets no bytes can be resumed. */
    @WithDefault("24h")
    Duration idle();

    /** How long a finished upload still answers as finished to a client that asks again. */
    @WithDefault("1h")
    Duration rememberClosed();
  }

  interface CollectConfig {
    /** Between two rounds of collection. */
    @WithDefault("10s")
    Duration interval();
  }

  /** What PostgreSQL is told about each session of a replica. */
  interface DatabaseConfig {
    /** How long a transaction may do nothing before it is undone. */
    @WithDefault("10s")
    Duration idleInTransaction();

    /** How long a statement may wait for what another transaction holds. */
    @WithDefault("20s")
    Duration lockWait();
  }

  /** Whether manifests are accepted before all that they list is there. */
  interface ManifestsConfig {
    /** Images without their configuration or layers. */
    @WithDefault("true")
    boolean acceptSparseImages();

    /** Indexes without their children. */
    @WithDefault("true")
    boolean acceptSparseIndexes();
  }

  interface LimitsConfig {
    @WithDefault("8M")
    MemorySize manifestSize();

    /** Of a request to the control plane. */
    @WithDefault("1M")
    MemorySize controlBodySize();

    /** Of a blob; 0 for any. */
    @WithDefault("0")
    MemorySize blobSize();

    /** Bytes per second that a body on the data plane must bring at least; 0 for any speed. */
    @WithDefault("1K")
    MemorySize bodyMinimumRate();

    /** Shared by all bodies of the data plane that are under way on this replica. */
    @WithDefault("48M")
    MemorySize bodyMemory();

    @WithDefault("200")
    int concurrentUploadsPerKey();

    /** Projects an organization may have, and of API keys, applications and policies as many. */
    @WithDefault("1000")
    int identitiesPerOrganization();

    /** Names in one answer of the data plane's tag list; clients that ask for more get a link. */
    @WithDefault("10000")
    int tagsPerPage();

    /** Tags that one push of a manifest by digest may name. */
    @WithDefault("64")
    int tagsPerPush();

    /** Descriptors in one answer of the list of referrers; the answer has a link to the rest. */
    @WithDefault("1000")
    int referrersPerPage();
  }

  /** HTTPS beside HTTP, on a port of its own, once a certificate is given in one of two forms. */
  interface TlsConfig {
    /** PEM, the server's own certificate first, then those of who signed it. */
    Optional<Path> certificate();

    /** PEM, the private key of the certificate, without a password. */
    Optional<Path> key();

    /** PKCS#12, certificate and key in one file. */
    Optional<Path> keyStore();

    Optional<String> keyStorePassword();

    @WithDefault("8443")
    int port();

    /** How often the files are read again. */
    @WithDefault("1h")
    Duration reloadPeriod();

    /** Who encrypts. */
    @WithDefault("auto")
    Engine engine();

    /** Whether keys and tokens that come without TLS are refused, on every face. */
    @WithDefault("false")
    boolean requiredForCredentials();

    /** What may be said of who encrypts. */
    enum Engine {
      /** BoringSSL where it can, else the JDK. */
      AUTO,
      JDK
    }

    /** Whether HTTPS is to be served. */
    default boolean isConfigured() {
      return certificate().isPresent() || keyStore().isPresent();
    }
  }
}
