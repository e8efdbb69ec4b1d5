package io.gantry.rest;

import static io.gantry.domain.error.RegistryException.badFormat;
import static io.gantry.domain.error.RegistryException.notAllowed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gantry.domain.error.RegistryError.BodyTimeout;
import io.gantry.domain.error.RegistryError.TooLarge;
import io.gantry.domain.error.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The JSON object of a request, whatever it says its type is. Unknown members are ignored; a member
 * that is {@code null} is absent, and so is the whole object if the body is empty or {@code null}.
 */
public final class RequestBody {
  private static final int MAX_ELEMENTS = 1_000;
  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  private final JsonNode object;

  private RequestBody(JsonNode object) {
    this.object = object;
  }

  /**
   * Reads, does not close, {@code in}.
   *
   * @param limit bytes it may have at most; {@code TooLarge} beyond
   */
  static RequestBody read(InputStream in, int limit) {
    byte[] bytes;
    try {
      bytes = in.readNBytes(limit + 1);
    } catch (IOException e) {
      throw new RegistryException(new BodyTimeout("the body did not arrive whole or in time"), e);
    }
    if (bytes.length > limit) throw new RegistryException(new TooLarge("the body", limit));
    return new RequestBody(parse(bytes));
  }

  private static JsonNode parse(byte[] bytes) {
    JsonNode node;
    try {
      node = Json.mapper().readTree(bytes);
    } catch (JsonProcessingException e) {
      throw badFormat("body", "must be JSON: " + where(e));
    } catch (IOException e) {
      throw badFormat("body", "must be JSON in UTF-8");
    }
    if (node.isMissingNode() || node.isNull()) return JsonNodeFactory.instance.objectNode();
    if (!node.isObject()) throw badFormat("body", "must be a JSON object");
    return node;
  }

  private static String where(JsonProcessingException e) {
    return e.getLocation() == null
        ? "it cannot be read"
        : "it cannot be read at line "
            + e.getLocation().getLineNr()
            + ", column "
            + e.getLocation().getColumnNr();
  }

  /** A member that is a string, empty if absent. */
  public Optional<String> text(String name) {
    return member(name).map(node -> checked(name, node));
  }

  /** A member that is a boolean, or one written as a string. */
  public Optional<Boolean> flag(String name) {
    return member(name).map(node -> flag(name, node));
  }

  /** A member that is a string with something in it, as {@code reader} understands it. */
  public <T> Optional<T> value(String name, Function<String, T> reader) {
    return text(name).filter(text -> !text.isEmpty()).map(reader);
  }

  /** A member that is a time in RFC 3339, in any offset. */
  public Optional<Instant> time(String name) {
    return value(
        name,
        text -> {
          try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            if (time.isBefore(LATEST)) return time;
          } catch (DateTimeException e) {
            // The answer is the same as for a time that no database keeps.
          }
          throw badFormat(name, "must be a time such as 2030-01-01T00:00:00Z");
        });
  }

  /** A member that is a list of strings. */
  public Optional<List<String>> texts(String name) {
    return member(name)
        .map(node -> elements(name, node).map(element -> checked(name, element)).toList());
  }

  /** A member that is a list of objects, empty if absent. */
  public List<RequestBody> objects(String name) {
    return member(name).stream()
        .flatMap(node -> elements(name, node))
        .map(
            element -> {
              if (!element.isObject()) throw badFormat(name, "must be objects");
              return new RequestBody(element);
            })
        .toList();
  }

  private static Stream<JsonNode> elements(String name, JsonNode node) {
    if (!node.isArray()) throw badFormat(name, "must be a list");
    if (node.size() > MAX_ELEMENTS) {
      throw notAllowed(name, "must have at most " + MAX_ELEMENTS + " elements");
    }
    return node.valueStream();
  }

  private Optional<JsonNode> member(String name) {
    return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
  }

  private static boolean flag(String name, JsonNode node) {
    if (node.isBoolean()) return node.booleanValue();
    if (node.isTextual() && node.textValue().equalsIgnoreCase("true")) return true;
    if (node.isTextual() && node.textValue().equalsIgnoreCase("false")) return false;
    throw badFormat(name, "must be true or false");
  }

  private static String checked(String name, JsonNode node) {
    if (!node.isTextual()) throw badFormat(name, "must be a string");
    String text = node.textValue();
    if (text.indexOf('\0') >= 0) throw notAllowed(name, "must not contain the NUL character");
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw badFormat(name, "must be well-formed Unicode");
    }
    return text;
  }
}
