package io.gantry.bootstrap.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.gantry.domain.error.RegistryError.InvalidArgument;
import io.gantry.domain.error.RegistryException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An object in a keys file that knows its JSON path. */
record KeysFileNode(String path, JsonNode json) {
  KeysFileNode {
    if (!json.isObject()) throw new KeysFileProblem(path, "must be an object");
  }

  void allowOnly(String... fields) {
    Set<String> allowed = Set.of(fields);
    json.fieldNames()
        .forEachRemaining(field -> require(allowed.contains(field), field, "is not known"));
  }

  void require(boolean fulfilled, String field, String rule) {
    if (!fulfilled) throw new KeysFileProblem(path + "." + field, rule);
  }

  boolean has(String field) {
    return json.has(field);
  }

  String text(String field) {
    return textOf(path + "." + field, json.get(field));
  }

  Optional<String> optional(String field) {
    return has(field) ? Optional.of(text(field)) : Optional.empty();
  }

  Optional<Instant> optionalInstant(String field) {
    try {
      return optional(field).map(Instant::parse);
    } catch (DateTimeParseException e) {
      throw new KeysFileProblem(path + "." + field, "must be a time such as 2030-01-01T00:00:00Z");
    }
  }

  /** A text that {@code parser} makes a value of. */
  <T> T value(String field, Function<String, T> parser) {
    try {
      return parser.apply(text(field));
    } catch (RegistryException e) {
      String rule = e.error() instanceof InvalidArgument argument ? argument.help() : "is wrong";
      throw new KeysFileProblem(path + "." + field, rule);
    }
  }

  List<KeysFileNode> list(String field) {
    var nodes = new ArrayList<KeysFileNode>();
    elements(field)
        .forEach((elementPath, element) -> nodes.add(new KeysFileNode(elementPath, element)));
    return nodes;
  }

  /** The texts in a list, by their path. */
  Map<String, String> texts(String field) {
    var texts = new LinkedHashMap<String, String>();
    elements(field)
        .forEach((elementPath, element) -> texts.put(elementPath, textOf(elementPath, element)));
    return texts;
  }

  private Map<String, JsonNode> elements(String field) {
    JsonNode list = json.get(field);
    if (list == null || !list.isArray()) {
      throw new KeysFileProblem(path + "." + field, "must be a list");
    }
    var elements = new LinkedHashMap<String, JsonNode>();
    for (JsonNode element : list) {
      elements.put(path + "." + field + "[" + elements.size() + "]", element);
    }
    return elements;
  }

  private static String textOf(String path, @Nullable JsonNode node) {
    if (node == null || !node.isTextual()) throw new KeysFileProblem(path, "must be a text");
    return node.textValue();
  }
}
