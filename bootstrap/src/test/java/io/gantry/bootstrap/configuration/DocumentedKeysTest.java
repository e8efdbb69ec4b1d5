package io.gantry.bootstrap.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} names every key there is, with its variable and its default. */
final class DocumentedKeysTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");
  private static final Path DEFAULTS =
      Path.of("src", "main", "resources", "application.properties");
  private static final String ANY_REGION = "gantry.regions.\"<name>\".endpoint";
  private static final String HTTP_PORT = "${quarkus.http.port}";

  /** A line of one of the tables; {@code standard} is the text of its default. */
  private record Row(String key, String variable, String standard) {}

  @Test
  void areThoseOfTheMapping() throws IOException {
    List<String> documented =
        rows("gantry.").stream().map(Row::key).filter(key -> !isServedRegion(key)).toList();

    assertThat(documented).containsExactlyInAnyOrderElementsOf(mapped().keySet());
  }

  @Test
  void haveTheDefaultsOfTheMapping() throws IOException {
    Map<String, Optional<String>> mapped = mapped();
    for (Row row : rows("gantry.")) {
      if (isServedRegion(row.key())) continue;
      Optional<String> standard = mapped.getOrDefault(row.key(), Optional.empty());
      if (standard.isEmpty()) assertThat(row.standard()).as(row.key()).doesNotStartWith("`");
      else assertThat(row.standard()).as(row.key()).startsWith("`" + standard.get() + "`");
    }
  }

  @Test
  void nameTheRegionsThatAreServed() throws IOException {
    Map<String, String> documented =
        rows("gantry.regions.").stream()
            .filter(row -> isServedRegion(row.key()))
            .collect(Collectors.toMap(Row::key, Row::standard));
    Map<String, String> served = new TreeMap<>();
    defaults()
        .forEach(
            (key, value) -> {
              if (!key.startsWith("gantry.")) return;
              assertThat(value).endsWith(HTTP_PORT);
              served.put(key, "`" + value.replace(HTTP_PORT, "") + "` and the HTTP port");
            });

    assertThat(documented).isEqualTo(served);
  }

  @Test
  void haveTheDefaultsThatAreSetForTheFramework() throws IOException {
    Map<String, String> defaults = defaults();
    for (Row row : rows("quarkus.")) {
      String value = defaults.get(row.key());
      if (value != null) assertThat(row.standard()).as(row.key()).isEqualTo("`" + value + "`");
    }
  }

  @Test
  void haveTheVariablesThatTheFrameworkReads() throws IOException {
    for (String prefix : List.of("gantry.", "quarkus.")) {
      for (Row row : rows(prefix)) {
        String expected =
            row.key().equals(ANY_REGION)
                ? "none"
                : "`" + row.key().replaceAll("[^a-z0-9]", "_").toUpperCase(Locale.ROOT) + "`";
        assertThat(row.variable()).as(row.key()).isEqualTo(expected);
      }
    }
  }

  @Test
  void areKnownAsVariablesThoughTheyHaveNoDefault() {
    List<String> withoutDefault =
        mapped().entrySet().stream()
            .filter(key -> key.getValue().isEmpty() && !key.getKey().equals(ANY_REGION))
            .map(key -> Configuration.asVariable(key.getKey()))
            .toList();

    assertThat(Configuration.OPTIONAL).containsExactlyInAnyOrderElementsOf(withoutDefault);
  }

  private static boolean isServedRegion(String key) {
    return key.startsWith("gantry.regions.") && !key.equals(ANY_REGION);
  }

  /** Gantry's own keys have a column more, for their unit. */
  private static List<Row> rows(String prefix) throws IOException {
    int standard = prefix.startsWith("gantry.") ? 3 : 2;
    return Files.readAllLines(DOCUMENT).stream()
        .filter(line -> line.startsWith("| `" + prefix))
        .map(line -> line.substring(2).split(" \\| ?", -1))
        .map(cells -> new Row(cells[0].replace("`", ""), cells[1], cells[standard].strip()))
        .toList();
  }

  private static Map<String, String> defaults() throws IOException {
    var properties = new Properties();
    try (Reader in = Files.newBufferedReader(DEFAULTS)) {
      properties.load(in);
    }
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toMap(key -> key, properties::getProperty));
  }

  /** Every key of the mapping, and its default if it has one there. */
  private static Map<String, Optional<String>> mapped() {
    Map<String, Optional<String>> keys = new TreeMap<>();
    add(keys, "gantry.", GantryConfig.class);
    return keys;
  }

  private static void add(Map<String, Optional<String>> keys, String prefix, Class<?> group) {
    for (Method method : group.getDeclaredMethods()) {
      if (method.isDefault()) continue;
      String key = prefix + inKebabCase(method.getName());
      if (method.getReturnType().getEnclosingClass() == GantryConfig.class) {
        add(keys, key + ".", method.getReturnType());
      } else if (method.getReturnType() == Map.class) {
        add(keys, key + ".\"<name>\".", GantryConfig.RegionConfig.class);
      } else {
        WithDefault standard = method.getAnnotation(WithDefault.class);
        keys.put(key, Optional.ofNullable(standard).map(WithDefault::value));
      }
    }
  }

  private static String inKebabCase(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
