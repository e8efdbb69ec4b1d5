package io.gantry.oci.access;

import static io.gantry.domain.error.RegistryException.badFormat;
import static io.gantry.domain.error.RegistryException.required;

import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The form that a client sends to the token service, {@code application/x-www-form-urlencoded}. */
final class TokenForm {
  static final int MAX_BYTES = 64 * 1024;
  private static final int MAX_FIELDS = 100;

  private final Map<String, List<String>> fields = new HashMap<>();

  private TokenForm(String text) {
    for (String pair : text.split("&", MAX_FIELDS)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields
            .computeIfAbsent(decode(pair.substring(0, equals)), _ -> new ArrayList<>())
            .add(decode(pair.substring(equals + 1)));
      }
    }
  }

  /** Reads a body to its end. */
  static TokenForm read(InputStream body) {
    try {
      byte[] bytes = body.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new RegistryException(new RegistryError.TooLarge("the form", MAX_BYTES));
      }
      return new TokenForm(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new RegistryException(
          new RegistryError.BodyTimeout("the form did not arrive whole; send it again"), e);
    }
  }

  String require(String name) {
    return find(name).orElseThrow(() -> required(name));
  }

  /** The first value with this name that is not empty. */
  Optional<String> find(String name) {
    return all(name).stream().filter(value -> !value.isEmpty()).findFirst();
  }

  List<String> all(String name) {
    return fields.getOrDefault(name, List.of());
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw badFormat("form", "cannot be read: write % as %25");
    }
  }
}
