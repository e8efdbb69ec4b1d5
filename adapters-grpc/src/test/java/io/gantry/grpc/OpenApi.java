package io.gantry.grpc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.Yaml;

/** A place in the OpenAPI document of the REST face. */
record OpenApi(Object value) {
  /** Beside this module, the very file that REST publishes. */
  private static final Path FILE =
      Path.of("../adapters-rest/src/main/resources/META-INF/openapi.yaml");

  static OpenApi read() throws IOException {
    Object document = new Yaml().load(Files.readString(FILE));
    return new OpenApi(document);
  }

  /** What is under these keys, one in the other. */
  OpenApi at(String... keys) {
    OpenApi place = this;
    for (String key : keys) {
      place = place.find(key).orElseThrow(() -> new AssertionError("no " + key));
    }
    return place;
  }

  Optional<OpenApi> find(String key) {
    return Optional.ofNullable(((Map<?, ?>) value).get(key)).map(OpenApi::new);
  }

  List<String> keys() {
    return ((Map<?, ?>) value).keySet().stream().map(String.class::cast).toList();
  }

  List<OpenApi> items() {
    return ((List<?>) value).stream().<OpenApi>map(OpenApi::new).toList();
  }

  String text() {
    return (String) value;
  }
}
