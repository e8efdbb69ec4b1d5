package io.gantry.bootstrap.configuration;

import io.gantry.domain.error.RegistryException;
import io.gantry.domain.namespace.Region;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Finds what is wrong with values that have the right type. */
final class ConfigurationCheck {
  private static final Pattern ENDPOINT = Pattern.compile("[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?");
  private static final Duration SHORTEST_TOKEN = Duration.ofMinutes(5);
  private static final Duration SHORTEST_ROTATION = Duration.ofHours(1);
  private static final Duration SHORTEST_SESSION_LIMIT = Duration.ofMillis(100);
  private static final Duration LONGEST_SESSION_LIMIT = Duration.ofHours(1);
  private static final long FASTEST_MINIMUM = 1024L * 1024 * 1024;
  private static final long LEAST_BODY_MEMORY = 1L << 20;
  private static final long MOST_BODY_MEMORY = 1L << 30;
  private static final long LARGEST_IN_MEMORY = 64L * 1024 * 1024;

  /** Their descriptors leave room for annotations in the 4 MiB that clients read. */
  private static final int MOST_REFERRERS = 2000;

  private final List<String> problems = new ArrayList<>();

  private ConfigurationCheck() {}

  /** One sentence per problem, each naming its key. */
  static List<String> problemsOf(GantryConfig config) {
    var check = new ConfigurationCheck();
    check.regions(config);
    check.durations(config);
    check.limits(config.limits());
    check.problems.addAll(TlsCheck.problemsOf(config.tls()));
    return List.copyOf(check.problems);
  }

  private void regions(GantryConfig config) {
    config.regions().forEach(this::region);
    var served = config.regions().get(config.defaultRegion());
    require(
        served != null && served.endpoint().isPresent(),
        "gantry.default-region",
        "must be a region that is served, and there is no gantry.regions.\""
            + config.defaultRegion()
            + "\".endpoint");
  }

  private void region(String name, GantryConfig.RegionConfig config) {
    String key = "gantry.regions.\"" + name + "\"";
    try {
      var _ = new Region(name);
    } catch (RegistryException e) {
      require(false, key, "names no region: it must look like \"fr-par\"");
    }
    require(
        config.endpoint().map(endpoint -> ENDPOINT.matcher(endpoint).matches()).orElse(true),
        key + ".endpoint",
        "must be a host and optionally a port, such as localhost:8080, without a scheme");
  }

  private void durations(GantryConfig config) {
    notNegative("gantry.auth.cache-ttl", config.auth().cacheTtl());
    require(
        config.auth().tokenTtl().compareTo(SHORTEST_TOKEN) >= 0,
        "gantry.auth.token-ttl",
        "must be at least 5m");
    positive("gantry.auth.last-use-interval", config.auth().lastUseInterval());
    require(
        config.auth().refreshTokenTtl().compareTo(config.auth().tokenTtl()) >= 0,
        "gantry.auth.refresh-token-ttl",
        "must not be shorter than gantry.auth.token-ttl");
    require(
        config.auth().signingKeyRotation().compareTo(SHORTEST_ROTATION) >= 0,
        "gantry.auth.signing-key-rotation",
        "must be at least 1h");
    positive("gantry.upload.idle", config.upload().idle());
    positive("gantry.upload.remember-closed", config.upload().rememberClosed());
    notNegative("gantry.lease", config.lease());
    positive("gantry.collect.interval", config.collect().interval());
    sessionLimit("gantry.database.idle-in-transaction", config.database().idleInTransaction());
    sessionLimit("gantry.database.lock-wait", config.database().lockWait());
  }

  private void limits(GantryConfig.LimitsConfig limits) {
    size("gantry.limits.manifest-size", limits.manifestSize().asLongValue());
    size("gantry.limits.control-body-size", limits.controlBodySize().asLongValue());
    require(
        limits.blobSize().asLongValue() >= 0, "gantry.limits.blob-size", "must not be negative");
    long rate = limits.bodyMinimumRate().asLongValue();
    require(
        rate >= 0 && rate <= FASTEST_MINIMUM,
        "gantry.limits.body-minimum-rate",
        "must be between 0 and 1G");
    long memory = limits.bodyMemory().asLongValue();
    require(
        memory >= LEAST_BODY_MEMORY && memory <= MOST_BODY_MEMORY,
        "gantry.limits.body-memory",
        "must be between 1M and 1G");
    require(
        limits.concurrentUploadsPerKey() > 0,
        "gantry.limits.concurrent-uploads-per-key",
        "must be at least 1");
    require(
        limits.identitiesPerOrganization() > 0,
        "gantry.limits.identities-per-organization",
        "must be at least 1");
    require(limits.tagsPerPage() > 0, "gantry.limits.tags-per-page", "must be at least 1");
    require(limits.tagsPerPush() >= 10, "gantry.limits.tags-per-push", "must be at least 10");
    require(
        limits.referrersPerPage() > 0 && limits.referrersPerPage() <= MOST_REFERRERS,
        "gantry.limits.referrers-per-page",
        "must be between 1 and " + MOST_REFERRERS);
  }

  private void sessionLimit(String key, Duration value) {
    require(
        value.compareTo(SHORTEST_SESSION_LIMIT) >= 0 && value.compareTo(LONGEST_SESSION_LIMIT) <= 0,
        key,
        "must be between 100ms and 1h");
  }

  private void positive(String key, Duration value) {
    require(value.isPositive(), key, "must be longer than 0s");
  }

  private void notNegative(String key, Duration value) {
    require(!value.isNegative(), key, "must not be negative");
  }

  private void size(String key, long bytes) {
    require(bytes > 0 && bytes <= LARGEST_IN_MEMORY, key, "must be more than 0 and at most 64M");
  }

  private void require(boolean fulfilled, String key, String rule) {
    if (!fulfilled) problems.add(key + " " + rule);
  }
}
