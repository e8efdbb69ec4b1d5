package io.gantry.bootstrap.configuration;

import io.gantry.bootstrap.failure.StartFailure;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The configuration as it is before the framework starts, from the same places and with the same
 * precedence, so that what is wrong can be said in one message.
 */
public final class Configuration {
  private static final String JDBC_URL = "quarkus.datasource.jdbc.url";
  private static final String PREFIX = "gantry.";

  /** Keys without a default, which no source but the environment need have. */
  static final Set<String> OPTIONAL =
      Set.of(
          "GANTRY_KEYS_FILE",
          "GANTRY_BOOTSTRAP_ACCESS_KEY",
          "GANTRY_BOOTSTRAP_SECRET_KEY",
          "GANTRY_BOOTSTRAP_ORGANIZATION_ID",
          "GANTRY_BOOTSTRAP_PROJECT_ID",
          "GANTRY_TLS_CERTIFICATE",
          "GANTRY_TLS_KEY",
          "GANTRY_TLS_KEY_STORE",
          "GANTRY_TLS_KEY_STORE_PASSWORD");

  private static final Pattern CODE = Pattern.compile("SRCFG\\d+: |[a-z.]+\\.[A-Za-z]+Exception: ");
  private static final Pattern UNKNOWN = Pattern.compile("(\\S+) in .* does not map to any root");
  private static final Pattern CONVERSION =
      Pattern.compile(
          "The config property (\\S+) with the config value (\".*\") threw an Exception whilst"
              + " being converted ");

  private static final Pattern NO_SUCH_WORD =
      Pattern.compile("Cannot convert \\S+ to enum .*, allowed values: (.*)");

  private final SmallRyeConfig values;
  private final GantryConfig gantry;

  private Configuration(SmallRyeConfig values, GantryConfig gantry) {
    this.values = values;
    this.gantry = gantry;
  }

  /** Reads and checks; fails with all problems that were found. */
  public static Configuration read() {
    try {
      SmallRyeConfig values =
          ConfigUtils.emptyConfigBuilder()
              .addDiscoveredSources()
              .withMapping(GantryConfig.class)
              .build();
      var configuration = new Configuration(values, values.getConfigMapping(GantryConfig.class));
      configuration.check();
      return configuration;
    } catch (ConfigValidationException e) {
      throw wrong(e);
    } catch (IllegalArgumentException e) {
      throw wrong(List.of(readable(String.valueOf(e.getMessage()))));
    }
  }

  public GantryConfig gantry() {
    return gantry;
  }

  /** Whether a database of somebody else's is to be used. */
  public boolean namesDatabase() {
    return value(JDBC_URL).isPresent();
  }

  public Optional<String> value(String key) {
    return values.getOptionalValue(key, String.class);
  }

  private void check() {
    var problems = new ArrayList<>(ConfigurationCheck.problemsOf(gantry));
    port("quarkus.http.port").ifPresent(problems::add);
    port("quarkus.management.port").ifPresent(problems::add);
    if (!problems.isEmpty()) throw wrong(problems);
  }

  private Optional<String> port(String key) {
    int port = values.getOptionalValue(key, Integer.class).orElse(0);
    return port < 0 || port > 65535
        ? Optional.of(key + " must be a port between 0 and 65535")
        : Optional.empty();
  }

  /** Says what the framework found wrong with its own keys, in the same form. */
  public static StartFailure wrong(ConfigValidationException exception) {
    var problems = new ArrayList<String>();
    for (int i = 0; i < exception.getProblemCount(); i++) {
      problems.add(readable(exception.getProblem(i).getMessage()));
    }
    return wrong(problems);
  }

  private static String readable(String message) {
    String plain = CODE.matcher(message).replaceAll("");
    String unknown = UNKNOWN.matcher(plain).replaceFirst("$1 is not a key of Gantry");
    String named = CONVERSION.matcher(unknown).replaceFirst("$1 cannot be $2: ");
    return NO_SUCH_WORD.matcher(named).replaceFirst("must be one of $1");
  }

  private static StartFailure wrong(List<String> problems) {
    return StartFailure.misconfigured(
        problems.stream()
            .map(problem -> "\n  " + problem)
            .collect(Collectors.joining("", "wrong configuration:", "")));
  }

  /**
   * Names of environment variables that look like ours and are not, for a warning only: container
   * platforms set such names for services.
   */
  public List<String> unknownVariables() {
    // What the environment itself brings does not make a name known.
    var known =
        StreamSupport.stream(values.getConfigSources().spliterator(), false)
            .filter(source -> !(source instanceof EnvConfigSource))
            .flatMap(source -> source.getPropertyNames().stream())
            .filter(name -> name.startsWith(PREFIX))
            .map(Configuration::asVariable)
            .collect(Collectors.toSet());
    known.addAll(OPTIONAL);
    return System.getenv().keySet().stream()
        .filter(name -> name.startsWith("GANTRY_") && !known.contains(name))
        .sorted()
        .toList();
  }

  static String asVariable(String key) {
    return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }
}
