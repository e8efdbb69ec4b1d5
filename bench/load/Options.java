import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** {@code --name value} pairs. */
record Options(Map<String, String> values) {
  static Options parse(String[] arguments) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      if (!arguments[i].startsWith("--")) throw new IllegalArgumentException(arguments[i]);
      values.put(arguments[i].substring(2), arguments[i + 1]);
    }
    return new Options(values);
  }

  String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  String text(String name) {
    String value = values.get(name);
    if (value == null) throw new IllegalArgumentException("--" + name + " is missing");
    return value;
  }

  int number(String name, int otherwise) {
    return Integer.parseInt(text(name, Integer.toString(otherwise)));
  }

  /** How many connections are used at once. */
  int connections() {
    return number("connections", 16);
  }

  Connection connect() throws IOException {
    return new Connection(URI.create(text("url")), headers());
  }

  /** The secret comes by environment, so that no process list shows it. */
  String headers() {
    String secret = System.getenv("GANTRY_SECRET");
    if (secret == null || secret.isEmpty()) return "";
    String basic =
        Base64.getEncoder().encodeToString(("bench:" + secret).getBytes(StandardCharsets.UTF_8));
    return "Authorization: Basic " + basic + "\r\nX-Auth-Token: " + secret + "\r\n";
  }
}
